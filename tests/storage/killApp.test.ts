import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { quickStart } from '#tests/support/storageForkEngine.ts';
import { engineNames } from '#tests/support/storageEngines.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const rounds = 50;
const seed = Number(process.env['STEWARD_SEED'] ?? Date.now() % 1_000_000);
const entry = fileURLToPath(new URL('../support/storageAppProcess.ts', import.meta.url));

interface Line {
  engine?: number;
  batch?: number;
  rows?: [id: string, revision: string][];
}

/** The console in a process group of its own, so that it and its engine end at one blow. */
function startApp(folder: string, engine: string, run: string) {
  const child = spawn(process.execPath, [entry, folder, engine, run], {
    detached: true,
    env: quickStart,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n');
    // A line that was cut off was not told.
    rest = parts.pop() ?? '';
    for (const part of parts) lines.push(JSON.parse(part) as Line);
    for (const wake of waiting) wake();
  });
  const ended = once(child, 'close');
  child.once('close', () => waiting.forEach((wake) => wake()));
  return {
    lines,
    begin: () => child.stdin.write('begin\n'),
    until: async (enough: () => boolean) => {
      while (!enough() && child.exitCode === null && child.signalCode === null)
        await new Promise<void>((wake) => waiting.add(wake));
    },
    kill: async () => {
      const engineId = lines.find((line) => line.engine !== undefined)?.engine ?? 0;
      process.kill(-(child.pid ?? 0), 'SIGKILL');
      await ended;
      while (isRunning(engineId)) await new Promise((wake) => setTimeout(wake, 1));
    },
  };
}

/** A process that was killed and that nobody has asked for yet is not running. */
function isRunning(id: number): boolean {
  try {
    const status = readFileSync(`/proc/${id}/stat`, 'utf8');
    return !/^\d+ \(.*\) [ZX]/s.test(status);
  } catch {
    return false;
  }
}

describe.each(engineNames)(`kill -9 of the console and its engine, ${rounds} rounds over %s, seed ${seed}`, (name) => {
  const folder = temporaryFolder('app');

  it('[S5] [S21] [S27] every acknowledged batch is complete afterwards', { timeout: 120_000 }, async () => {
    const random = createSeededRandom(seed);
    const acknowledged = new Map<string, string>();
    let batches = 0;
    let next = startApp(folder, name, 'run0');
    for (let round = 0; round < rounds; round += 1) {
      const app = next;
      await app.until(() => app.lines.length > 0);
      app.begin();
      // The next one starts meanwhile, and waits.
      next = startApp(folder, name, `run${round + 1}`);
      const wanted = random.integer(1, 12);
      await app.until(() => app.lines.length > wanted);
      await new Promise((wake) => setTimeout(wake, random.integer(0, 8)));
      await app.kill();
      for (const { rows = [] } of app.lines) for (const [id, revision] of rows) acknowledged.set(id, revision);
      batches += app.lines.filter(({ rows }) => rows).length;
      expectWhole(acknowledged, app.lines, `run${round}`);
    }
    await next.until(() => next.lines.length > 0);
    await next.kill();
    expect(batches).toBeGreaterThan(rounds * 2);
  });

  function expectWhole(acknowledged: Map<string, string>, lines: readonly Line[], run: string): void {
    const database = new DatabaseSync(join(folder, 'replica.sqlite'));
    const stored = new Map<string, string>();
    for (const { id, rev } of database.prepare('SELECT id, rev FROM samples').all())
      stored.set(String(id), String(rev));
    const lastTold = lines.filter(({ rows }) => rows).length - 1;
    const complete = stored.has(`${run}-${lastTold + 1}-0`);
    for (const [id, revision] of acknowledged) {
      // The batch without an answer may be there; it edits the first of the one before.
      const edited = complete && id.startsWith(`${run}-${lastTold}-`) && Number(id.split('-').at(-1)) < 5;
      const now = stored.get(id) ?? 'gone';
      expect(edited ? now.startsWith('2-') : now === revision, `acknowledged ${id}: ${revision}, now ${now}`).toBe(
        true,
      );
      acknowledged.set(id, now);
    }
    const interrupted = [...stored.keys()].filter((id) => id.startsWith(`${run}-${lastTold + 1}-`));
    expect([0, 1 + ((lastTold + 1) % 40)], 'rows of the interrupted batch').toContain(interrupted.length);
    const [counts] = database
      .prepare('SELECT count(DISTINCT seq) AS distinct_, count(*) AS all_, max(seq) AS last FROM samples')
      .all();
    const [kept] = database.prepare("SELECT sequence FROM steward_tables WHERE name = 'samples'").all();
    expect([counts?.['distinct_'], counts?.['last']]).toEqual([counts?.['all_'], kept?.['sequence']]);
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    database.close();
  }
});
