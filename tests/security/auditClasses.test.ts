import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChainVerifier } from '#shared/domain/audit/chainVerifier.ts';
import { classesVersion } from '#shared/domain/audit/dataClasses.ts';
import { openKeyRing } from '#shared/domain/audit/keyRing.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { auditDay, auditor, openAuditWorld } from '#tests/support/auditWorld.ts';
import type { AuditWorld } from '#tests/support/auditWorld.ts';
import { sampleEntries, sampleKey, sampleServer, sampleThinning, sealAfter } from '#tests/support/sampleChains.ts';

describe('kinds of data in the log', () => {
  let world: AuditWorld;
  beforeEach(async () => {
    world = await openAuditWorld(':memory:');
  });
  afterEach(() => world.close());

  it.each([
    ['an earlier version ended is looked at again', classesVersion - 1, 3],
    ['this version ended is not', classesVersion, 0],
  ])('G2: what lies behind where %s', async (_, version, thinned) => {
    for (let at = 0; at < 3; at++) await world.note('acme');
    world.advance(100 * auditDay);
    await world.put('retentionRule', {
      tenantId: '',
      body: { name: 'Views', covers: 'views', days: 30, isActive: true },
    });
    await world.write(1, async (batch) => batch.putEntry('auditThinning', `acme|views|${version}`, { next: 100 }));
    const outcome = await world.retention.run({ isDry: false, actor: auditor });
    expect(outcome.ok && outcome.value.reduce((sum, one) => sum + one.thinned, 0)).toBe(thinned);
  });
});

describe('V5: a marker', () => {
  const key = sampleKey('first', 0);
  const year = 365 * 24 * 60;
  /** What is found when the key's holder thins three entries of a chain, of which the second is another one. */
  const findings = (usual: JsonObject, second: JsonObject, covers: string, minute: number) => {
    let end = { number: 0, hash: '' };
    const whole = sampleEntries('acme', 6).map((entry, index) => {
      const sealed = sealAfter({ ...entry, body: { ...entry.body, ...(index === 3 ? second : usual) } }, end);
      end = { number: index + 1, hash: String(sealed.body['hash']) };
      return sealed;
    });
    const { entries, marker } = sampleThinning(key, 'acme', whole, [1, 3, 4], minute, covers);
    const ring = openKeyRing({ serverId: sampleServer, keys: [key.evidence] });
    const verifier = createChainVerifier({ tenantId: 'acme', ring, gaps: [marker] });
    verifier.addMany(entries);
    return verifier.finish({ fromStart: true, toEnd: true }).findings;
  };
  const change = { action: 'update', resource: 'tenant' };

  it('covers no entry of another kind of data, whoever signed it', () => {
    expect(findings(change, change, 'changes', 2 * year)).toEqual([]);
    for (const [action, resource, name] of [
      ['erase', 'member', 'evidence'],
      ['export', 'auditEntry', 'evidence'],
      ['login', 'session', 'security'],
      ['view', 'tenant', 'views'],
    ] as const)
      expect(findings(change, { action, resource }, 'changes', 2 * year)).toMatchObject([
        { kind: 'uncovered', number: 4, expected: `a marker about ${name}`, found: 'one about changes' },
      ]);
  });

  it('covers nothing about security before its year is over', () => {
    const login = { action: 'login', resource: 'session' };
    const view = { action: 'view', resource: 'role' };
    expect(findings(login, view, 'security', year + 10)).toEqual([]);
    expect(findings(login, view, 'security', year + 4)).toMatchObject([
      { kind: 'uncovered', number: 4, expected: 'its content for 365 days' },
      { kind: 'uncovered', number: 5 },
    ]);
    expect(findings(change, change, 'changes', 100)).toEqual([]);
  });
});
