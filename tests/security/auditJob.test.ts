import { expect, it } from 'vitest';
import { createServerJobs } from '#server/engine/serverJobs.ts';
import type { SyncStore } from '#server/storage/store.ts';
import { auditDay, auditor, openAuditWorld } from '#tests/support/auditWorld.ts';
import type { AuditWorld } from '#tests/support/auditWorld.ts';

const about = { idempotencyKey: 'k', runId: 'run', ruleId: 'rule', stepId: 'step', attempt: 1, tenantId: 'acme' };

/** The job that rules start, over a store of which every reading of the chain is preceded by `before`, as often as there is some. */
function verifying({ store, clock }: AuditWorld, before: (() => Promise<unknown>)[]) {
  let looks = 0;
  const watched: SyncStore = {
    ...store,
    chainEntries: async (...asked) => {
      looks += 1;
      await before.shift()?.();
      return store.chainEntries(...asked);
    },
  };
  const job = createServerJobs({ store: watched, clock, tombstoneDays: 30 });
  return async () => {
    const signal = new AbortController().signal;
    const outcome = await job({ type: 'runJob', job: 'verify_audit_chain', settings: {} }, { ...about, signal });
    return { looks, output: outcome.ok ? outcome.output : outcome.error };
  };
}

it('the job of rules looks again as long as retention goes on while it reads, and then says what is so', async () => {
  const world = await openAuditWorld(':memory:');
  await world.store.transaction((transaction) => transaction.putMeta('serverId', 'server-1'));
  await world.put('retentionRule', {
    tenantId: '',
    body: { name: 'Views', covers: 'views', days: 30, isActive: true },
  });
  const removal = async () => {
    await world.note('acme');
    world.advance(40 * auditDay);
    await world.retention.run({ isDry: false, actor: auditor });
  };
  await world.note('acme');
  const verify = verifying(world, [removal, removal, removal]);
  expect(await verify()).toMatchObject({ looks: 4, output: { intact: true } });
  const [, second] = await world.store.chainEntries('acme', 1, 2);
  await world.write(1, async (batch) => {
    if (!second) throw new Error('there is no entry 2');
    await batch.load([second.id]);
    batch.rewrite({ ...second, version: 9, body: { ...second.body, resource: 'another' } });
  });
  expect(await verify()).toMatchObject({ looks: 5, output: { intact: false, number: 2, finding: 'altered' } });
  await world.close();
});
