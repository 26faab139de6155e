import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { auditGap } from '#shared/resources/audit/auditGap.ts';
import { auditHead } from '#shared/resources/audit/auditHead.ts';
import { auditKey } from '#shared/resources/audit/auditKey.ts';
import { legalHold } from '#shared/resources/audit/legalHold.ts';
import { retentionRule } from '#shared/resources/audit/retentionRule.ts';
import { day, iso } from './demoWorld.ts';
import type { DemoWorld } from './demoWorld.ts';
import type { Colleague } from './people.ts';
import type { PlannedTenant } from './tenants.ts';

/** Kinds that a server makes only with its own key: what the demo data shows of them no server takes over. */
export const signedKinds: ReadonlySet<string> = new Set([auditKey.kind, auditHead.kind, auditGap.kind]);

/** How long the audit log is kept, what keeps it longer, and what its evidence looks like. */
export function makeAuditing(
  world: DemoWorld,
  tenants: readonly PlannedTenant[],
  officers: readonly Colleague[],
): RecordEnvelope[] {
  const { random, options } = world;
  const by = random.pick(officers).id;
  const held = random.pick(tenants);
  const at = options.now - 60 * day;
  const released = options.now - 200 * day;
  const signed = { keyId: random.hex(16), signature: 'A'.repeat(86) };
  return [
    world.record(retentionRule, { at, by }, { name: 'Three years for everybody', days: 1095, isActive: true }),
    world.record(
      retentionRule,
      { at, by, tenantId: held.id },
      { name: 'Ten years by contract', days: 3650, isActive: true },
    ),
    world.record(
      legalHold,
      { at, by, tenantId: held.id, status: 'active' },
      {
        name: 'Dispute about a commission',
        reason: 'Requested by counsel until the matter is settled',
        from: iso(at - 90 * day),
      },
    ),
    world.record(
      legalHold,
      { at: released, updatedAt: at, by, status: 'released' },
      { name: 'Yearly audit', reason: 'Auditors on site', from: iso(released - 365 * day), until: iso(released) },
    ),
    world.record(auditKey, { at }, { keyId: signed.keyId, publicKey: 'A'.repeat(43), madeAt: iso(at) }),
    world.record(auditHead, { at }, { ...signed, number: 1, hash: random.hex(64), signedAt: iso(at) }),
    world.record(
      auditGap,
      { at },
      {
        ...signed,
        first: 1,
        last: 10,
        prevHash: '',
        lastHash: random.hex(64),
        from: iso(at - 900 * day),
        until: iso(at - 800 * day),
        reason: 'Two years (730 d)',
        removedAt: iso(at),
      },
    ),
  ];
}
