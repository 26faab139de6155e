import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const program = resolve(import.meta.dirname, '../support/jobWorkerProcess.ts');

describe('several processes on one queue', () => {
  let folder: string;
  const running = new Set<ChildProcess>();
  beforeEach(() => void (folder = temporaryFolder('shared-jobs')));
  afterEach(async () => {
    for (const child of running) child.kill('SIGKILL');
    running.clear();
  });
  const logOf = (name: string) => join(folder, `${name}.log`);
  const start = (name: string, ...more: string[]) => {
    const child = spawn(process.execPath, [program, '--data', folder, '--name', name, '--log', logOf(name), ...more], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.add(child);
    return child;
  };
  const work = async (name: string): Promise<string[]> => {
    const [code] = (await once(start(name), 'exit')) as [number | null];
    expect(code).toBe(0);
    return existsSync(logOf(name)) ? readFileSync(logOf(name), 'utf8').trim().split('\n') : [];
  };
  const fill = async (count: number) => {
    const store = openSqliteStore(folder, () => Date.now(), { exclusive: false });
    const ids = Array.from({ length: count }, (_, index) => `job-${String(index).padStart(4, '0')}`);
    await store.transaction((transaction) =>
      transaction.enqueueJobs(
        ids.map((id, index) => ({ id, type: 'x', payload: {}, dueAt: 0, tenantId: `tenant-${index % 7}` })),
      ),
    );
    await store.close();
    return ids;
  };

  it('do each of 2,000 jobs exactly once', async () => {
    const ids = await fill(2000);
    const done = await Promise.all(['a', 'b', 'c', 'd'].map(work));
    expect(done.flat().toSorted((left, right) => left.localeCompare(right))).toEqual(ids);
    expect(done.filter((one) => one.length > 0).length).toBeGreaterThan(1);
  });

  it('what a killed process held comes again after its lease, and only then', async () => {
    const ids = await fill(60);
    const doomed = start('doomed', '--hold', '--lease', '3000');
    const [chunk] = (await once(doomed.stdout, 'data')) as [Buffer];
    const held = JSON.parse(chunk.toString()) as string[];
    const heldSince = performance.now();
    expect(held).toHaveLength(20);
    const exited = once(doomed, 'exit');
    doomed.kill('SIGKILL');
    await exited;
    const done = await work('heir');
    expect(performance.now() - heldSince).toBeGreaterThan(2000);
    expect(done.toSorted((left, right) => left.localeCompare(right))).toEqual(ids);
    expect(new Set(done.slice(-20))).toEqual(new Set(held));
  });
});
