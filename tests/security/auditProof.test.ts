import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { acceptHead } from '#shared/domain/audit/acceptHead.ts';
import { createChainVerifier } from '#shared/domain/audit/chainVerifier.ts';
import { eraseValues } from '#shared/domain/audit/eraseValues.ts';
import { openKeyRing } from '#shared/domain/audit/keyRing.ts';
import { isTombstone, tombstoneOf } from '#shared/records/envelope.ts';
import { auditDay, auditor, openAuditWorld } from '#tests/support/auditWorld.ts';
import type { AuditWorld } from '#tests/support/auditWorld.ts';

const worlds: AuditWorld[] = [];
const folders: string[] = [];
const open = async (directory = ':memory:', from?: number, seed?: number) => {
  const world = await openAuditWorld(directory, from, seed);
  worlds.push(world);
  return world;
};
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
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

describe('numbers of a chain', () => {
  it('C1: have no hole with many writers, of whom some fail', async () => {
    const world = await open();
    const failing = () =>
      world.write(1, async (batch) => {
        batch.note({ actor: auditor, tenantId: 'acme', action: 'view', resource: 'tenant' });
        throw new Error('no');
      });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 200 }, (_, turn) =>
        turn % 7 === 3 ? failing() : world.note(['acme', 'globex', ''][turn % 3] ?? ''),
      ),
    );
    expect(outcomes.filter((one) => one.status === 'rejected')).toHaveLength(29);
    const numbers = async (tenantId: string) =>
      (await world.store.chainEntries(tenantId, 1, 500)).map((entry) => entry.body['number']);
    const found = [await numbers('acme'), await numbers('globex'), await numbers('')];
    expect(found.flat()).toHaveLength(171);
    for (const list of found) expect(list).toEqual(list.map((_, index) => index + 1));
    expect(world.verified(await world.exported('bundle')).holds).toBe(true);
  });
});

describe('an entry', () => {
  it('names the device of its session, and holds nothing that cannot be hashed', async () => {
    const world = await open();
    await world.store.transaction((transaction) =>
      transaction.putSession({
        id: 'session-1',
        staffId: 'staff-1',
        clientId: 'c',
        device: 'Laptop of Ada',
        address: '',
        createdAt: 1,
        lastSeenAt: 1,
        revokedAt: 0,
      }),
    );
    await world.write(1, async (batch) => {
      const about = { tenantId: 'acme', action: 'failed_login', resource: 'session' } as const;
      batch.note({ ...about, actor: { ...auditor, session: 'session-1' } });
      batch.note({ ...about, actor: { ...auditor, session: 'session-1', device: 'Phone' } });
      batch.note({
        ...about,
        actor: { id: 'anonymous', name: `half \ud83d`, device: 'x'.repeat(500) },
        reason: `${'y'.repeat(1999)}\u{1F600}`,
        changes: [{ path: 'email', new: { deep: ['\udc00'] } }],
      });
    });
    const entries = await world.store.chainEntries('acme', 1, 9);
    expect(entries.map((entry) => entry.body['device'])).toEqual(['Laptop of Ada', 'Phone', 'x'.repeat(200)]);
    expect(entries[2]?.body).toMatchObject({ actorName: 'half \uFFFD', changes: [{ new: { deep: ['\uFFFD'] } }] });
    expect(entries[2]?.body['reason']).toBe(`${'y'.repeat(1999)}\uFFFD`);
    expect(world.verified(await world.exported('bundle')).holds).toBe(true);
  });
});

describe('a bundle', () => {
  it('holds after erasure, with keys that were replaced and a store that was opened again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'steward-audit-'));
    folders.push(folder);
    let world = await open(folder);
    for (let turn = 0; turn < 30; turn++) await world.note('acme');
    await world.heads.sign();
    const first = world.keys.signer()?.keyId ?? '';
    world.advance(1000);
    expect(await world.keys.rotate(auditor)).toMatchObject({ ok: true, value: { replaced: first } });
    world.advance(1000);
    const [entry] = await world.store.chainEntries('acme', 7, 1);
    await world.write(1, async (batch) => {
      if (!entry) throw new Error('there is no entry 7');
      await batch.load([entry.id]);
      batch.rewrite({ ...entry, version: 2, body: eraseValues(entry.body, ['actorName', 'changes']) });
    });
    await world.close();
    worlds.pop();
    world = await open(folder, Date.UTC(2026, 0, 2), 8);
    await world.note('acme');
    world.advance(1000);
    await world.keys.rotate(auditor);
    const text = await world.exported('bundle');
    const report = world.verified(text, first);
    expect(report).toMatchObject({ holds: true, isSealed: true, findings: [] });
    expect(report.keyIds).toHaveLength(3);
    expect(summary(report)).toEqual([
      { tenantId: '', removed: 0, beginsAt: 1, endsAt: 3, signedUpTo: 3, findings: [] },
      { tenantId: 'acme', removed: 0, beginsAt: 1, endsAt: 31, signedUpTo: 31, findings: [] },
    ]);
    expect(report.chains[1]?.withheld).toBe(3);
    expect(JSON.stringify(await world.store.chainEntries('acme', 7, 1))).not.toContain('Lovelace');
    expect(world.verified(text, 'ffffffffffffffff').findings).toMatchObject([{ kind: 'unknown_key' }]);
  });

  it('B2: says when a log, or the end of one with its head, was taken from it', async () => {
    const world = await open();
    for (let turn = 0; turn < 5; turn++) for (const tenantId of ['acme', 'globex']) await world.note(tenantId);
    const bundle = JSON.parse(await world.exported('bundle'));
    const without = { ...bundle, chains: bundle.chains.slice(0, 2) };
    expect(world.verified(JSON.stringify(without))).toMatchObject({
      holds: false,
      findings: [{ kind: 'bad_signature' }],
    });
    const cut = structuredClone(bundle);
    cut.chains[1].heads = [];
    cut.chains[1].entries.pop();
    expect(world.verified(JSON.stringify(cut))).toMatchObject({ holds: false, findings: [{ kind: 'bad_signature' }] });
    expect(world.verified(JSON.stringify(cut, undefined, 3)).chains.flatMap((chain) => chain.findings)).toEqual([]);
  });

  it('is exported without what its reader may not see, and holds all the same', async () => {
    const world = await open();
    for (let turn = 0; turn < 5; turn++) await world.note('acme');
    const show = (entry: Parameters<typeof eraseValues>[0], paths: string[]) => eraseValues(entry, paths);
    const text = await world.exported(
      'bundle',
      { tenantIds: ['acme'] },
      {
        mayExport: (tenantId) => tenantId === 'acme',
        show: (entry) => ({ ...entry, body: show(entry.body, ['changes.0']) }),
      },
    );
    expect(text).toContain('Lovelace');
    expect(text).not.toContain('secret');
    const report = world.verified(text);
    expect(report.holds).toBe(true);
    // The entry about the export itself was noted before the heads were signed.
    expect(summary(report)).toMatchObject([{ tenantId: 'acme', endsAt: 6, signedUpTo: 6 }]);
  });
});

describe('an export', () => {
  it('is in the log before its first byte, and says at its end whether it was broken off', async () => {
    const world = await open();
    for (let turn = 0; turn < 400; turn++) await world.note('acme');
    const filter = { tenantIds: ['acme'] };
    const said = async () =>
      (await world.store.chainEntries('acme', 401, 10)).map((entry) => {
        const changes = entry.body['changes'] as { path: string; new: unknown }[];
        return [entry.body['action'], changes.find((change) => change.path === 'state')?.new];
      });
    const reading = world.exportLog.parts({ format: 'json', filter }, auditor, {
      mayExport: () => true,
      show: (entry) => entry,
    });
    await reading.next();
    expect(await said()).toEqual([['export', 'begun']]);
    await reading.return(undefined);
    expect(await said()).toEqual([
      ['export', 'begun'],
      ['export', 'broken off'],
    ]);
    await world.exported('csv', filter);
    expect((await said()).slice(2)).toEqual([
      ['export', 'begun'],
      ['export', 'whole'],
    ]);
  });
});

describe('K3: a key that is replaced', () => {
  it('signs nothing later than its end, whatever waits for its turn, and the new one signs that', async () => {
    const world = await open();
    await world.note('acme');
    const first = world.keys.signer()?.keyId ?? '';
    // The clock goes on while the rotation waits behind another write.
    const busy = world.write(1, async () => world.advance(5000));
    const rotating = world.keys.rotate(auditor);
    const signing = world.heads.sign(['acme']);
    expect(world.keys.signer()).toBeUndefined();
    await Promise.all([busy, rotating]);
    expect(await signing).toBe(1);
    const [old, next] = world.keys.evidence();
    expect(old?.retiredAt).toBe('2026-01-01T00:00:05.000Z');
    expect(next?.madeAt).toBe(old?.retiredAt);
    expect(world.heads.of('acme')?.keyId).toBe(next?.keyId);
    expect(next?.keyId).not.toBe(first);
    expect(world.verified(await world.exported('bundle'), first)).toMatchObject({ holds: true, isSealed: true });
  });

  it('holds up heads that asked for it when the rotation began behind them in the same commit', async () => {
    const world = await open();
    await world.note('acme');
    const first = world.keys.signer()?.keyId ?? '';
    let rotating: Promise<unknown> | undefined;
    const busy = world.write(1, async () => {
      rotating = world.keys.rotate(auditor);
      world.advance(5000);
    });
    expect(await world.heads.sign(['acme'])).toBe(1);
    await Promise.all([busy, rotating]);
    expect(world.heads.of('acme')?.keyId).not.toBe(first);
    expect(world.verified(await world.exported('bundle'), first).holds).toBe(true);
  });
});

describe('W1: a witness', () => {
  it('takes heads that go on from what it knows, and no others', async () => {
    const world = await open();
    const ring = () => openKeyRing({ serverId: 'server-1', keys: world.keys.evidence() });
    const chain = { tenantId: 'acme' };
    await world.note('acme');
    await world.heads.sign(['acme']);
    const early = acceptHead(undefined, world.heads.of('acme'), { ...chain, ring: ring() });
    expect(early).toMatchObject({ accepted: true, witnessed: { number: 1 } });
    await world.note('acme');
    await world.keys.rotate(auditor);
    await world.heads.sign(['acme']);
    const late = acceptHead(early.witnessed, world.heads.of('acme'), { ...chain, ring: ring() });
    expect(late).toMatchObject({ accepted: true, witnessed: { number: 2 } });
    const other = await open(':memory:', undefined, 99);
    for (let turn = 0; turn < 2; turn++) await other.note('acme');
    await other.heads.sign(['acme']);
    expect(acceptHead(late.witnessed, other.heads.of('acme'), { ...chain, ring: ring() })).toMatchObject({
      accepted: false,
      witnessed: { number: 2 },
      finding: { kind: 'unknown_key' },
    });
    const ringOfOther = openKeyRing({ serverId: 'server-1', keys: other.keys.evidence() });
    expect(acceptHead(late.witnessed, other.heads.of('acme'), { ...chain, ring: ringOfOther })).toMatchObject({
      accepted: false,
      finding: { kind: 'unknown_key' },
    });
  });
});

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
