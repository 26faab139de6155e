import { expect, it } from 'vitest';
import { createRetention } from '#server/features/auditing/retention.ts';
import { createTurns } from '#server/features/auditing/turns.ts';
import { serverCrypto } from '#server/sync/serverCrypto.ts';
import type { AuditingWrite } from '#server/features/auditing/auditingBatch.ts';
import { auditDay, auditor, openAuditWorld } from '#tests/support/auditWorld.ts';
import { makeTicket } from '#tests/support/sampleResource.ts';

it.each(['all', 'views'])(
  'G1, G2: a hold that is written right before keeps what a rule about %s would take',
  async (covers) => {
    const world = await openAuditWorld(':memory:');
    for (let at = 0; at < 5; at++) await world.note('acme');
    world.advance(100 * auditDay);
    await world.put('retentionRule', { tenantId: '', body: { name: covers, covers, days: 30, isActive: true } });
    const hold = {
      ...makeTicket({ id: world.ids(), kind: 'legalHold', tenantId: 'acme', status: 'active' }),
      body: { name: 'Lawsuit' },
    };
    // Both wait for the same commit.
    const write: AuditingWrite = async (rows, work) => {
      const [, answer] = await Promise.all([
        world.write(1, async (batch) => batch.rewrite(hold)),
        world.write(rows, work),
      ]);
      return answer;
    };
    const { store, keys, clock, ids } = world;
    const parts = { store, write, keys, turns: createTurns(), serverId: 'server-1', crypto: serverCrypto, clock, ids };
    const outcome = await createRetention(parts).run({ isDry: false, actor: auditor });
    expect(outcome).toMatchObject({ ok: true, value: [{ removed: 0, thinned: 0, isHeld: true }] });
    expect(await store.chainEntries('acme', 1, 10)).toHaveLength(5);
    await world.close();
  },
);
