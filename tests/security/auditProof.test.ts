import { afterEach, describe, expect, it } from 'vitest';
import { acceptHead } from '#shared/domain/audit/acceptHead.ts';
import { eraseValues } from '#shared/domain/audit/eraseValues.ts';
import { openKeyRing } from '#shared/domain/audit/keyRing.ts';
import { auditor, openAuditWorld } from '#tests/support/auditWorld.ts';
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
    const folder = temporaryFolder('audit');
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
