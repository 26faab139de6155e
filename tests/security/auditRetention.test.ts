import { afterEach, describe, expect, it } from 'vitest';
import { createChainVerifier } from '#shared/domain/audit/chainVerifier.ts';
import { openKeyRing } from '#shared/domain/audit/keyRing.ts';
import { isTombstone, tombstoneOf } from '#shared/records/envelope.ts';
import { auditDay, auditor, openAuditWorld } from '#tests/support/auditWorld.ts';
import type { AuditWorld } from '#tests/support/auditWorld.ts';

const worlds: AuditWorld[] = [];
const open = async (directory = ':memory:', from?: number, seed?: number) => {
  const world = await openAuditWorld(directory, from, seed);
  worlds.push(world);
  return world;
};
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});
const summary = (report: ReturnType<AuditWorld['verified']>) =>
  report.chains.map(({ tenantId, removed, beginsAt, endsAt, signedUpTo, findings }) => ({
    tenantId,
    removed,
    beginsAt,
    endsAt,
    signedUpTo,
    findings,
  }));

describe('retention', () => {
  const rule = (world: AuditWorld, tenantId: string, days: number) =>
    world.put('retentionRule', { tenantId, body: { name: `${days} days`, days, isActive: true } });
  const hold = (world: AuditWorld, body: Record<string, string>) =>
    world.put('legalHold', { tenantId: 'acme', status: 'active', body: { name: 'Lawsuit', ...body } });
  const run = (world: AuditWorld, isDry = false, signal?: AbortSignal) =>
    world.retention.run({ isDry, actor: auditor, ...(signal ? { signal } : {}) });

  it('G1: removes the beginning of each log, signs a gap, and says so in the log', async () => {
    const world = await open();
    for (let at = 0; at < 10; at++) {
      await world.note('acme');
      await world.note('globex');
      world.advance(10 * auditDay);
    }
    await rule(world, '', 60);
    await rule(world, 'globex', 3650);
    expect(await run(world, true)).toMatchObject({
      ok: true,
      value: [{ tenantId: 'acme', removed: 4, isHeld: false }],
    });
    expect(await world.store.chainEntries('acme', 1, 100)).toHaveLength(10);
    expect(await run(world)).toMatchObject({ ok: true, value: [{ tenantId: 'acme', removed: 4 }] });
    const left = await world.store.chainEntries('acme', 1, 100);
    expect(left.map((entry) => entry.body['number'])).toEqual([5, 6, 7, 8, 9, 10, 11]);
    expect(left.at(-1)?.body).toMatchObject({ action: 'retention', actorId: auditor.id, reason: '60 days (60 d)' });
    world.advance(10 * auditDay);
    await run(world);
    const report = world.verified(await world.exported('bundle'));
    expect(report.holds).toBe(true);
    expect(summary(report)).toMatchObject([
      { tenantId: '', removed: 0 },
      { tenantId: 'acme', removed: 5, beginsAt: 6, endsAt: 12 },
      { tenantId: 'globex', removed: 0, beginsAt: 1, endsAt: 10 },
    ]);
    const rules = (await world.store.recordsOfKind('retentionRule')).flatMap((one) =>
      isTombstone(one) ? [] : [one.body],
    );
    expect(rules.map((body) => Number(body['removed'])).toSorted((left, right) => left - right)).toEqual([0, 5]);
  });

  it('G1: makes the last gap longer, and whoever holds the older version of it takes the newer one', async () => {
    const world = await open();
    for (let at = 0; at < 10; at++) {
      await world.note('acme');
      world.advance(auditDay);
    }
    world.advance(25 * auditDay);
    await rule(world, 'acme', 30);
    const gaps = async () =>
      (await world.store.recordsOfKind('auditGap')).flatMap((one) => (isTombstone(one) ? [] : [one]));
    const versions = [];
    for (let days = 0; days < 3; days++) {
      expect(await run(world)).toMatchObject({ ok: true });
      versions.push(...(await gaps()));
      world.advance(auditDay);
      if (days === 1) await world.keys.rotate(auditor);
    }
    expect(await gaps()).toHaveLength(1);
    expect(versions.map(({ id, version, body }) => [id, version, body['first'], body['last']])).toEqual([
      [versions[0]?.id, 1, 1, 5],
      [versions[0]?.id, 2, 1, 6],
      [versions[0]?.id, 3, 1, 7],
    ]);
    expect(new Set(versions.map((one) => one.createdAt)).size).toBe(1);
    const text = await world.exported('bundle');
    expect(world.verified(text)).toMatchObject({ holds: true });
    const acme = world.verified(text).chains.find((chain) => chain.tenantId === 'acme');
    expect(acme).toMatchObject({ removed: 7, beginsAt: 8 });
    // A console witnessed a head before any of it went: the chain goes on from it for every version of the gap.
    const { chains } = JSON.parse(text);
    const { entries } = chains.find((chain: { tenantId: string }) => chain.tenantId === 'acme');
    const ring = openKeyRing({ serverId: 'server-1', keys: world.keys.evidence() });
    const hash = String(versions[2]?.body['lastHash']);
    const witnessed = { tenantId: 'acme', number: 7, hash, signedAt: '', keyId: '' };
    const verifier = createChainVerifier({ tenantId: 'acme', ring, gaps: [versions[2]?.body], witnessed });
    verifier.addMany(entries);
    expect(verifier.finish({ fromStart: true, toEnd: true }).findings).toEqual([]);
  });

  it('G1: does not close a hole that somebody made behind the last gap', async () => {
    const world = await open();
    for (let at = 0; at < 6; at++) {
      await world.note('acme');
      world.advance(auditDay);
    }
    world.advance(25 * auditDay);
    await rule(world, 'acme', 30);
    await run(world);
    const [taken] = await world.store.chainEntries('acme', 2, 1);
    await world.write(1, async (batch) => {
      if (!taken) throw new Error('there is no entry 2');
      await batch.load([taken.id]);
      batch.rewrite(tombstoneOf(taken, taken.version + 1));
    });
    world.advance(2 * auditDay);
    await run(world);
    const report = world.verified(await world.exported('bundle'));
    expect(report.holds).toBe(false);
    expect(report.chains.find((chain) => chain.tenantId === 'acme')?.findings).toMatchObject([
      { kind: 'missing', number: 2 },
    ]);
  });

  it('stops at the first entry that a hold covers, as long as it is active', async () => {
    const world = await open();
    for (let at = 0; at < 6; at++) {
      await world.note('acme', `r-${at}`);
      world.advance(auditDay);
    }
    world.advance(100 * auditDay);
    await rule(world, 'acme', 30);
    const record = await hold(world, { subjectId: 'r-3' });
    await hold(world, { until: '2025-12-31T00:00:00.000Z' });
    await world.put('legalHold', { tenantId: 'globex', status: 'active', body: { name: 'Of another' } });
    expect(await run(world)).toMatchObject({ value: [{ removed: 3, isHeld: true }] });
    expect(await run(world)).toMatchObject({ value: [{ removed: 0, isHeld: true }] });
    await world.put('legalHold', { ...record, status: 'released', version: 2 });
    expect(await run(world)).toMatchObject({ value: [{ removed: 3, isHeld: false }] });
    expect(world.verified(await world.exported('bundle')).holds).toBe(true);
  });

  it('is interrupted between commits and goes on where it was, waiting for whoever reads whole logs', async () => {
    const world = await open();
    await world.write(1, async (batch) => {
      for (let at = 0; at < 2500; at++)
        batch.note({ actor: auditor, tenantId: 'acme', action: 'view', resource: 'tenant' });
    });
    world.advance(100 * auditDay);
    await rule(world, 'acme', 30);
    const reading = world.exportLog.parts({ format: 'bundle', filter: { tenantIds: ['acme'] } }, auditor, {
      mayExport: () => true,
      show: (entry) => entry,
    });
    let text = String((await reading.next()).value);
    const stopping = new AbortController();
    const running = run(world, false, stopping.signal);
    expect(await run(world)).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    for await (const part of reading) text += part;
    expect(world.verified(text)).toMatchObject({ holds: true });
    for (;;) {
      if ((world.retention.progress()?.removed ?? 1) > 0) break;
      await new Promise<void>((wake) => setImmediate(wake));
    }
    stopping.abort();
    const outcome = await running;
    const removed = outcome.ok ? (outcome.value[0]?.removed ?? 0) : 0;
    expect(removed).toBeGreaterThan(0);
    expect(world.verified(await world.exported('bundle')).holds).toBe(true);
    expect(await run(world)).toMatchObject({ value: [{ removed: 2500 - removed }] });
    const report = world.verified(await world.exported('bundle'));
    expect(report.holds).toBe(true);
    expect(report.chains.find((chain) => chain.tenantId === 'acme')).toMatchObject({ removed: 2500 });
  });
});
