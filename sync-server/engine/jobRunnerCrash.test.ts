import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import { makeGrant, makePrincipal, makeTicket } from '#tests/support/sampleResource.ts';
import { openSqliteStore } from '../storage/sqlite/openSqliteStore.ts';
import { createJobHandlers } from '../sync/jobHandlers.ts';
import { createSyncCore } from '../sync/syncCore.ts';
import { createJobRunner } from './jobRunner.ts';

const minute = 60_000;
const ada = () => makePrincipal([makeGrant(['tasks.view'])], { id: 'ada' });
const begin = Date.parse('2026-03-01T08:00:00.000Z');

describe('a crash', () => {
  it('between the work and its end makes the work run again and change nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'steward-jobs-'));
    let now = begin;
    const clock = () => now;
    let store = openSqliteStore(folder, clock);
    const ids = createUuidV7Source(clock, (length) => crypto.getRandomValues(new Uint8Array(length)));
    const task = makeTicket({ id: 'task-1', kind: 'task', assignedTo: 'ada', body: { title: 'Mend the gate' } });
    const payload = { recordId: 'task-1', assignedTo: 'ada', by: 'Ben' };
    const job = { id: 'job-1', type: 'notifyAssignee', payload, dueAt: now };
    await store.transaction(async (transaction) => {
      await transaction.putRecords([{ collection: 'runs', record: task }]);
      await transaction.enqueueJobs([job]);
    });
    const core = createSyncCore({ store, clock, ids });
    const [claimed] = await store.transaction((transaction) =>
      transaction.claimJobs({ now, leaseUntil: now + minute, limit: 1, perTenant: 1, token: 'first' }),
    );
    if (!claimed) throw new Error('no job was due');
    await createJobHandlers(core, clock, ada)['notifyAssignee']?.(claimed);
    await store.close();

    store = openSqliteStore(folder, clock);
    expect((await store.countJobs()).waiting).toBe(1);
    now += 2 * minute;
    const again = createSyncCore({ store, clock, ids });
    const handlers = createJobHandlers(again, clock, ada);
    const runner = createJobRunner({ store, clock, ids, random: Math.random, handlers, onFault: () => undefined });
    runner.start();
    await vi.waitUntil(async () => (await store.countJobs()).waiting === 0);
    await runner.stop();
    const told = await store.recordsOfKind('notification');
    await store.close();
    rmSync(folder, { recursive: true, force: true });
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ id: 'job-1', assignedTo: 'ada', body: { subject: 'Ben: Mend the gate' } });
  });
});
