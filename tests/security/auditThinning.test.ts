import { afterEach, describe, expect, it } from 'vitest';
import { createChainVerifier } from '#shared/domain/audit/chainVerifier.ts';
import { openKeyRing } from '#shared/domain/audit/keyRing.ts';
import { isThinned } from '#shared/domain/audit/thinnedEntry.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { auditDay, auditor, openAuditWorld } from '#tests/support/auditWorld.ts';
import type { AuditWorld } from '#tests/support/auditWorld.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const worlds: AuditWorld[] = [];
const open = async (directory = ':memory:', from?: number, seed?: number) => {
  const world = await openAuditWorld(directory, from, seed);
  worlds.push(world);
  return world;
};
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

const rule = (world: AuditWorld, covers: string, days: number, tenantId = '') =>
  world.put('retentionRule', { tenantId, body: { name: `${covers} ${days}`, covers, days, isActive: true } });
const run = (world: AuditWorld, isDry = false, signal?: AbortSignal) =>
  world.retention.run({ isDry, actor: auditor, ...(signal ? { signal } : {}) });
const write = (
  world: AuditWorld,
  action: 'view' | 'update' | 'login' | 'export',
  resource = 'tenant',
  resourceId = 'r',
) =>
  world.write(1, async (batch) =>
    batch.note({
      actor: auditor,
      tenantId: 'acme',
      action,
      resource,
      resourceId,
      changes: [{ path: 'body.name', old: 'before', new: 'after' }],
      reason: 'Because',
    }),
  );
const entriesOf = (world: AuditWorld) => world.store.chainEntries('acme', 1, 5000);
const thinnedOf = (entries: readonly RecordEnvelope[]) =>
  entries.filter(({ body }) => isThinned(body)).map(({ body }) => body['number']);
const markersOf = async (world: AuditWorld) =>
  (await world.store.recordsOfKind('auditGap')).flatMap((one) =>
    isTombstone(one) || one.body['mark'] === undefined ? [] : [one.body],
  );
const acmeOf = async (world: AuditWorld) => {
  const report = world.verified(await world.exported('bundle'));
  return report.chains.find((chain) => chain.tenantId === 'acme');
};

const texts = ['actorId', 'actorName', 'session', 'device', 'address', 'appVersion', 'resourceId', 'resourceName'];
const blank = {
  ...Object.fromEntries([...texts, 'reason', 'requestId', 'madeOfflineAt', 'salt'].map((name) => [name, ''])),
  changes: [],
  commitments: [],
  durationMs: 0,
};

describe('retention of one kind of data', () => {
  it('G2: removes the content of old views and exports, and of nothing else; the chain holds', async () => {
    const world = await open();
    for (const action of ['view', 'update', 'export', 'login', 'view', 'update'] as const) await write(world, action);
    world.advance(100 * auditDay);
    await write(world, 'view');
    await rule(world, 'views', 30);
    await rule(world, 'exports', 60);
    await rule(world, 'financial', 30);
    expect(await run(world, true)).toMatchObject({
      ok: true,
      value: [
        { tenantId: 'acme', removed: 0, thinned: 2, isHeld: false },
        { tenantId: 'acme', removed: 0, thinned: 1, isHeld: false },
      ],
    });
    expect(thinnedOf(await entriesOf(world))).toEqual([]);
    const before = await entriesOf(world);
    await run(world);
    const after = await entriesOf(world);
    expect(thinnedOf(after)).toEqual([1, 3, 5]);
    expect(after[0]?.body).toEqual({
      ...Object.fromEntries(
        ['number', 'at', 'action', 'resource', 'prevHash', 'hash'].map((name) => [name, before[0]?.body[name]]),
      ),
      ...blank,
      format: 3,
      thinned: after[0]?.body['thinned'],
    });
    expect(after[0]?.version).toBe(2);
    expect(after[1]).toEqual(before[1]);
    const [said] = after.filter(({ body }) => body['action'] === 'retention');
    expect(said?.body).toMatchObject({
      actorId: auditor.id,
      reason: 'views 30 (30 d)',
      changes: [
        { path: 'covers', new: 'views' },
        { path: 'first', old: 1 },
        { path: 'last', old: 5 },
        { path: 'count', old: 2 },
      ],
    });
    expect(await markersOf(world)).toMatchObject([
      { covers: 'views', first: 1, last: 5, count: 2, by: auditor.id, reason: 'views 30 (30 d)' },
      { covers: 'exports', first: 3, last: 3, count: 1 },
    ]);
    expect(await acmeOf(world)).toMatchObject({ findings: [], thinned: 3, entries: 9 });
    const rows = JSON.parse(await world.exported('json', { tenantIds: ['acme'] })) as Record<string, unknown>[];
    expect(rows.filter((row) => row['removedByRetention'] === true)).toHaveLength(3);
    expect((await world.exported('csv')).match(/\[removed by retention\]/g)).toHaveLength(3);
  });

  it('G2: makes the last marker longer from run to run, over a new key, and behind a beginning that went', async () => {
    const world = await open();
    await rule(world, 'views', 30, 'acme');
    for (let at = 0; at < 40; at++) {
      await write(world, at % 2 === 0 ? 'view' : 'update');
      world.advance(5 * auditDay);
      if (at % 10 === 9) await run(world);
      if (at === 25) await world.keys.rotate(auditor);
    }
    const markers = await markersOf(world);
    expect(markers).toHaveLength(1);
    expect(await acmeOf(world)).toMatchObject({ findings: [], thinned: Number(markers[0]?.['count']) });
    await rule(world, 'all', 120, 'acme');
    await run(world);
    const report = await acmeOf(world);
    expect(report).toMatchObject({ findings: [] });
    expect(report?.removed).toBeGreaterThan(5);
    expect(report?.thinned).toBeGreaterThan(2);
  });

  it('V5: a console that holds the newer part alone verifies it, and one whose entries lag behind the marker says nothing yet', async () => {
    const world = await open();
    for (let at = 0; at < 10; at++) await write(world, 'view');
    const whole = await entriesOf(world);
    world.advance(100 * auditDay);
    await rule(world, 'views', 30);
    await run(world);
    const entries = await entriesOf(world);
    const gaps = await markersOf(world);
    const ring = openKeyRing({ serverId: 'server-1', keys: world.keys.evidence() });
    const findings = (given: readonly RecordEnvelope[], markers: readonly unknown[], toEnd: boolean) => {
      const verifier = createChainVerifier({ tenantId: 'acme', ring, gaps: markers });
      verifier.addMany(given.map(({ id, tenantId, body }) => ({ id, tenantId, body })));
      return verifier.finish({ fromStart: false, toEnd }).findings;
    };
    expect(findings(entries.slice(4), gaps, true)).toEqual([]);
    expect(findings([...entries.slice(0, 6), ...whole.slice(6)], gaps, false)).toEqual([]);
    expect(findings([...whole.slice(0, 3), ...entries.slice(3)], gaps, false)).toEqual([]);
    expect(findings([...whole.slice(0, 3), ...entries.slice(3)], gaps, true)).toMatchObject([
      { kind: 'altered', number: 4 },
    ]);
    expect(findings(whole, gaps, true)).toEqual([]);
    expect(findings(entries, [], false)).toEqual([]);
    expect(findings(entries, [], true)[0]).toMatchObject({ kind: 'uncovered', number: 1 });
    expect(findings([...entries.slice(0, 3), ...whole.slice(3, 6), ...entries.slice(6)], gaps, true)).toMatchObject([
      { kind: 'altered', number: 7 },
    ]);
  });

  it('leaves what a hold covers, and takes it when the hold is released', async () => {
    const world = await open();
    for (let at = 0; at < 6; at++) await write(world, 'view', 'tenant', `r-${at}`);
    world.advance(100 * auditDay);
    await rule(world, 'views', 30);
    const hold = await world.put('legalHold', {
      tenantId: 'acme',
      status: 'active',
      body: { name: 'Lawsuit', reason: 'Court', subjectId: 'r-2' },
    });
    expect(await run(world, true)).toMatchObject({ value: [{ thinned: 5, isHeld: true }] });
    expect(await run(world)).toMatchObject({ value: [{ thinned: 5, isHeld: true }] });
    expect(await run(world)).toMatchObject({ value: [{ thinned: 0, isHeld: true }] });
    expect(thinnedOf(await entriesOf(world))).toEqual([1, 2, 4, 5, 6]);
    await world.put('legalHold', { ...hold, status: 'released', version: 2 });
    expect(await run(world)).toMatchObject({ value: [{ thinned: 1, isHeld: false }] });
    expect(await markersOf(world)).toHaveLength(2);
    expect(await acmeOf(world)).toMatchObject({ findings: [], thinned: 6 });
  });

  it('G3: keeps entries about security for a year, whatever a rule says, and does not remove what was altered', async () => {
    const world = await open();
    await write(world, 'update');
    await write(world, 'login');
    await write(world, 'view');
    await write(world, 'view');
    world.advance(200 * auditDay);
    await rule(world, 'security', 30);
    await rule(world, 'all', 60);
    const [, , altered] = await entriesOf(world);
    await world.write(1, async (batch) => {
      if (!altered) throw new Error('there is no entry 3');
      await batch.load([altered.id]);
      batch.rewrite({ ...altered, version: 2, body: { ...altered.body, resourceId: 'another' } });
    });
    await rule(world, 'views', 30);
    expect(await run(world)).toMatchObject({
      value: [
        { removed: 1, isUnderFloor: true },
        { removed: 0, thinned: 1 },
      ],
    });
    expect(thinnedOf(await entriesOf(world))).toEqual([4]);
    expect((await acmeOf(world))?.findings).toMatchObject([{ kind: 'altered', number: 3 }]);
    world.advance(200 * auditDay);
    const later = await run(world);
    expect(later.ok && later.value.find((one) => one.tenantId === 'acme')).toMatchObject({
      removed: 3,
      isUnderFloor: true,
    });
  });

  it('G2: makes one marker of many steps, beside those of other rules, and reads all markers once in a run', async () => {
    const world = await open();
    await world.write(1, async (batch) => {
      for (let at = 0; at < 1300; at++)
        batch.note({ actor: auditor, tenantId: 'acme', action: at % 2 === 0 ? 'export' : 'view', resource: 'tenant' });
    });
    world.advance(100 * auditDay);
    await rule(world, 'views', 30);
    await rule(world, 'exports', 30);
    let readings = 0;
    const { store } = world;
    const { recordsOfKind, transaction } = store;
    const counted = (read: typeof recordsOfKind): typeof recordsOfKind => {
      return (kind) => {
        if (kind === 'auditGap') readings += 1;
        return read(kind);
      };
    };
    store.recordsOfKind = counted(recordsOfKind);
    store.transaction = (work, options) =>
      transaction((within) => work({ ...within, recordsOfKind: counted(within.recordsOfKind) }), options);
    await run(world);
    Object.assign(store, { recordsOfKind, transaction });
    // Once for the gaps of whole entries, once for markers.
    expect(readings).toBe(2);
    expect(await markersOf(world)).toMatchObject([{ count: 650 }, { count: 650 }]);
    expect(await acmeOf(world)).toMatchObject({ findings: [], thinned: 1300 });
  });

  it('says beforehand what a rule would remove that is not saved, where no rule of the tenant holds', async () => {
    const world = await open();
    for (let at = 0; at < 4; at++) await write(world, 'view');
    await world.note('globex');
    world.advance(100 * auditDay);
    const tried = { tenantId: '', covers: 'views' as const, days: 60 };
    const attempt = () => world.retention.run({ isDry: true, actor: auditor, tried });
    expect(await attempt()).toMatchObject({
      value: [
        { tenantId: 'acme', ruleId: '', thinned: 4 },
        { tenantId: 'globex', ruleId: '', thinned: 1 },
      ],
    });
    await rule(world, 'views', 90, 'acme');
    expect(await attempt()).toMatchObject({ value: [{ tenantId: 'globex', thinned: 1 }] });
    const whole = await world.retention.run({ isDry: true, actor: auditor, tried: { ...tried, covers: 'all' } });
    expect(whole).toMatchObject({ ok: true, value: [{ removed: 4 }, { removed: 1 }] });
    expect(thinnedOf(await entriesOf(world))).toEqual([]);
  });

  it('is interrupted between commits, and a server that opens the store goes on where it was', async () => {
    const folder = temporaryFolder('thinning');
    let world = await open(folder);
    await world.write(1, async (batch) => {
      for (let at = 0; at < 1800; at++)
        batch.note({ actor: auditor, tenantId: 'acme', action: at % 3 === 0 ? 'update' : 'view', resource: 'tenant' });
    });
    world.advance(100 * auditDay);
    await rule(world, 'views', 30);
    const stopping = new AbortController();
    const running = run(world, false, stopping.signal);
    for (;;) {
      if ((world.retention.progress()?.thinned ?? 1) > 0) break;
      await new Promise<void>((wake) => setImmediate(wake));
    }
    stopping.abort();
    await running;
    const done = thinnedOf(await entriesOf(world)).length;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(1200);
    expect(await acmeOf(world)).toMatchObject({ findings: [], thinned: done });
    await world.close();
    worlds.splice(0);
    world = await open(folder, Date.UTC(2026, 5, 1), 8);
    expect(await run(world)).toMatchObject({ value: [{ thinned: 1200 - done }] });
    expect(await markersOf(world)).toHaveLength(1);
    expect(await acmeOf(world)).toMatchObject({ findings: [], thinned: 1200 });
  });
});
