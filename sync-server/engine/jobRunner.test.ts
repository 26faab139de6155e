import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import { makeTicket } from '#tests/support/sampleResource.ts';
import { openSqliteStore } from '../storage/sqlite/openSqliteStore.ts';
import type { SyncStore } from '../storage/store.ts';
import { createJobHandlers } from '../sync/jobHandlers.ts';
import { createSyncCore } from '../sync/syncCore.ts';
import { createJobRunner } from './jobRunner.ts';

const minute = 60_000;

describe('the job runner', () => {
  let folder: string;
  let store: SyncStore;
  let now = Date.parse('2026-03-01T08:00:00.000Z');
  const clock = () => now;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'steward-jobs-'));
    store = openSqliteStore(folder, clock);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const enqueue = (type: string, payload = {}) =>
    store.transaction((transaction) => transaction.enqueueJobs([{ id: 'job-1', type, payload, dueAt: now }]));

  it('a crash between the work and its end makes the work run again and change nothing', async () => {
    const ids = createUuidV7Source(clock, (length) => crypto.getRandomValues(new Uint8Array(length)));
    const task = makeTicket({ id: 'task-1', kind: 'task', body: { title: 'Mend the gate' } });
    await store.transaction((transaction) => transaction.putRecords([{ collection: 'runs', record: task }]));
    await enqueue('notifyAssignee', { recordId: 'task-1', assignedTo: 'ada', by: 'Ben' });
    const core = createSyncCore({ store, clock, ids });
    const handlers = createJobHandlers(core, clock);
    const [job] = await store.transaction((transaction) =>
      transaction.claimJobs({ now, leaseUntil: now + minute, limit: 1, perTenant: 1, token: 'first' }),
    );
    if (!job) throw new Error('no job was due');
    await handlers['notifyAssignee']?.(job);
    await store.close();

    store = openSqliteStore(folder, clock);
    expect((await store.countJobs()).waiting).toBe(1);
    now += 2 * minute;
    const again = createSyncCore({ store, clock, ids });
    const runner = createJobRunner({
      store,
      clock,
      handlers: createJobHandlers(again, clock),
      onFault: () => undefined,
    });
    runner.start();
    runner.wake();
    await vi.waitUntil(async () => (await store.countJobs()).waiting === 0);
    await runner.stop();
    const told = await store.recordsOfKind('notification');
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ id: 'job-1', assignedTo: 'ada', body: { subject: 'Ben: Mend the gate' } });
  });

  it('a failing job is tried eight times with growing pauses, then kept for a person', async () => {
    await enqueue('fails');
    const tried: number[] = [];
    const faults: string[] = [];
    const handlers = {
      fails: async (job: { attempts: number }) => {
        tried.push(job.attempts);
        throw new Error('no luck');
      },
    };
    for (let round = 1; round <= 8; round += 1) {
      const runner = createJobRunner({ store, clock, handlers, onFault: (job) => void faults.push(job.id) });
      runner.start();
      runner.wake();
      await vi.waitUntil(() => tried.length === round);
      await runner.stop();
      now += 10 * minute;
    }
    expect(tried).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(faults).toEqual(['job-1']);
    expect(await store.countJobs()).toEqual({ waiting: 0, dead: 1 });
  });
});
