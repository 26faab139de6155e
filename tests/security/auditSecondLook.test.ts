import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChainVerifier } from '#shared/domain/audit/chainVerifier.ts';
import { openKeyRing } from '#shared/domain/audit/keyRing.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { ChainOutcome } from '#renderer/data/audit/thread/chainRunner.ts';
import { lookTwice } from '#renderer/features/audit/proof/lookTwice.ts';
import { auditDay, auditor, openAuditWorld } from '#tests/support/auditWorld.ts';
import type { AuditWorld } from '#tests/support/auditWorld.ts';

describe('a chain that retention changes while it is verified', () => {
  let world: AuditWorld;
  beforeEach(async () => {
    world = await openAuditWorld(':memory:');
    for (let at = 0; at < 6; at++) await world.note('acme');
    world.advance(40 * auditDay);
  });
  afterEach(() => world.close());

  const rule = (covers: string) =>
    world.put('retentionRule', { tenantId: '', body: { name: covers, covers, days: 30, isActive: true } });
  const retain = () => world.retention.run({ isDry: false, actor: auditor });
  const bodiesOf = async (kind: string) =>
    (await world.store.recordsOfKind(kind)).flatMap((one) => (isTombstone(one) ? [] : [one.body]));

  /** As a console looks: what is signed first, then the entries; `between` happens while it reads. */
  const look = (between: (() => Promise<unknown>)[]) => {
    let looks = 0;
    const once = async (asked: readonly { tenantId: string }[]): Promise<ChainOutcome<'verify'>> => {
      looks += 1;
      const [gaps, keys] = [await bodiesOf('auditGap'), await bodiesOf('auditKey')];
      const ring = openKeyRing({ serverId: 'server-1', keys });
      await between.shift()?.();
      const reports = [];
      for (const { tenantId } of asked) {
        const verifier = createChainVerifier({ tenantId, ring, gaps });
        verifier.addMany(await world.store.chainEntries(tenantId, 1, 1000));
        reports.push(verifier.finish({ fromStart: true, toEnd: true }));
      }
      return { outcome: 'done', answer: { keyFindings: ring.findings, reports } };
    };
    return lookTwice([{ tenantId: 'acme' }], once, async () => undefined).then((outcome) => ({
      looks,
      findings: outcome.outcome === 'done' ? outcome.answer.reports.flatMap((one) => one.findings) : undefined,
    }));
  };

  it.each(['all', 'views'])('is looked at once more with what is signed now: a rule about %s', async (covers) => {
    await rule(covers);
    expect(await look([retain])).toEqual({ looks: 2, findings: [] });
    expect(await look([])).toEqual({ looks: 1, findings: [] });
  });

  it('V5: so is one of which a marker was made longer', async () => {
    await rule('views');
    await retain();
    await world.note('acme');
    world.advance(40 * auditDay);
    expect(await look([retain])).toEqual({ looks: 2, findings: [] });
  });

  it('shows what is altered all the same', async () => {
    const [, second] = await world.store.chainEntries('acme', 1, 2);
    await world.write(1, async (batch) => {
      if (!second) throw new Error('there is no entry 2');
      await batch.load([second.id]);
      batch.rewrite({ ...second, version: 2, body: { ...second.body, resourceId: 'another' } });
    });
    await rule('views');
    expect(await look([retain])).toMatchObject({ looks: 2, findings: [{ kind: 'altered', number: 2 }] });
  });
});
