import { afterEach, describe, expect, it } from 'vitest';
import { isTombstone, tombstoneOf } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { SyncStore } from '#server/storage/store.ts';
import { makeTicket } from '#tests/support/sampleResource.ts';

export interface OpenedStore {
  store: SyncStore;
  /** Moves the store's clock, milliseconds. */
  advance: (milliseconds: number) => void;
}

export const startOfTime = Date.parse('2026-03-01T00:00:00.000Z');
export const day = 24 * 3600 * 1000;

export const record = (id: string, changes: Partial<RecordEnvelope> = {}) =>
  makeTicket({ id, kind: 'task', ...changes });
export const put = (store: SyncStore, ...records: RecordEnvelope[]) =>
  store.transaction((transaction) =>
    transaction.putRecords(records.map((one) => ({ collection: 'runs', record: one }))),
  );

/** What every adapter of the storage port must do. `open` gives an empty store; the suite closes it. */
export function storeContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`storage port: ${name}`, () => {
    const opened: SyncStore[] = [];
    const start = async (): Promise<OpenedStore> => {
      const one = await open();
      opened.push(one.store);
      return one;
    };
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close();
    });

    it('an empty store has no sequence, no records and no floor', async () => {
      const { store } = await start();
      expect(await store.latestSequence()).toBe(0);
      expect(await store.collectionSequence('runs')).toBe(0);
      expect(await store.compactionFloor('runs')).toBe(0);
      expect(await store.changesSince('runs', 0, 10)).toEqual([]);
      expect((await store.getRecords(['nobody'])).size).toBe(0);
    });

    it('numbers records over all collections in the order given', async () => {
      const { store } = await start();
      await store.transaction((transaction) =>
        transaction.putRecords([
          { collection: 'runs', record: record('a') },
          { collection: 'health', record: record('b', { kind: 'flag' }) },
          { collection: 'runs', record: record('c') },
        ]),
      );
      expect(await sequences(store)).toEqual([
        ['a', 1],
        ['c', 3],
      ]);
      expect(await store.collectionSequence('health')).toBe(2);
      expect(await store.latestSequence()).toBe(3);
    });

    it('a record written again moves to the end and is listed once, in its newest state', async () => {
      const { store } = await start();
      await put(store, record('a'), record('b'));
      await put(store, record('a', { version: 2, body: { title: 'Mended gate' } }));
      expect(await sequences(store)).toEqual([
        ['b', 2],
        ['a', 3],
      ]);
      expect((await store.getRecords(['a'])).get('a')).toMatchObject({ version: 2, body: { title: 'Mended gate' } });
    });

    it('reads changes, heads and counts above a checkpoint, rising, at most the limit', async () => {
      const { store } = await start();
      await put(store, record('a'), record('b'), record('c'), record('d'));
      expect((await store.changesSince('runs', 1, 2)).map((change) => change.head.id)).toEqual(['b', 'c']);
      expect((await store.headsSince('runs', 2, 10)).map((head) => head.id)).toEqual(['c', 'd']);
      expect(await store.countSince('runs', 1)).toBe(3);
    });

    it('pages backwards over living records of a kind and tenant', async () => {
      const { store } = await start();
      await put(store, record('a'), record('b', { tenantId: 'other' }), record('c', { kind: 'run' }), record('d'));
      const page = async (query: { kind?: string; tenantId?: string; before?: number; limit?: number }) =>
        (
          await store.recordsBefore({ collection: 'runs', kind: '', tenantId: '', before: 100, limit: 10, ...query })
        ).map((change) => change.head.id);
      expect(await page({})).toEqual(['d', 'c', 'b', 'a']);
      expect(await page({ kind: 'task' })).toEqual(['d', 'b', 'a']);
      expect(await page({ tenantId: 'other' })).toEqual(['b']);
      expect(await page({ before: 3, limit: 1 })).toEqual(['b']);
    });

    it('a deletion stays as a tombstone that remembers whom the record concerned', async () => {
      const { store } = await start();
      await put(store, record('a', { assignedTo: 'ada', createdBy: 'ben' }));
      await remove(store, 'a');
      const [change] = await store.changesSince('runs', 0, 10);
      expect(change?.head).toMatchObject({ deleted: true, assignedTo: 'ada', createdBy: 'ben', version: 2 });
      expect(change && isTombstone(change.read())).toBe(true);
      expect(await store.headsSince('runs', 0, 10)).toEqual([]);
      expect(await store.recordsOfKind('task')).toEqual([]);
    });

    it('tells of owners a record had since the checkpoint', async () => {
      const { store } = await start();
      const ada = { tenantId: 'tenant-1', createdBy: 'person-1', assignedTo: 'ada' };
      await put(store, record('a', { assignedTo: 'ada' }));
      await store.transaction((transaction) =>
        transaction.putRecords([
          { collection: 'runs', record: record('a', { version: 2, assignedTo: 'ben' }), departed: ada },
        ]),
      );
      expect((await store.changesSince('runs', 1, 10))[0]?.departed).toEqual([ada]);
      await put(store, record('a', { version: 3, assignedTo: 'ben' }));
      expect((await store.changesSince('runs', 1, 10))[0]?.departed).toEqual([ada]);
      expect((await store.changesSince('runs', 2, 10))[0]?.departed).toEqual([]);
    });

    it('compaction removes what is older, raises the floor and keeps the sequence', async () => {
      const { store, advance } = await start();
      await put(store, record('a'), record('b'), record('c'));
      await remove(store, 'a');
      advance(day);
      await remove(store, 'b');
      const gone = await store.transaction((transaction) => transaction.compact(startOfTime + day));
      expect(gone).toBe(1);
      expect(await sequences(store)).toEqual([
        ['c', 3],
        ['b', 5],
      ]);
      expect(await store.compactionFloor('runs')).toBe(4);
      advance(day);
      await store.transaction((transaction) => transaction.compact(startOfTime + 3 * day));
      expect(await store.latestSequence()).toBe(5);
      await put(store, record('d'));
      expect(await store.latestSequence()).toBe(6);
    });

    it('a throw takes back everything of its transaction and of no other', async () => {
      const { store } = await start();
      await put(store, record('a'));
      const failing = store.transaction(async (transaction) => {
        await transaction.putRecords([{ collection: 'runs', record: record('b') }]);
        await transaction.putMeta('key', 'value');
        await transaction.enqueueJobs([{ id: 'job', type: 'x', payload: {}, dueAt: 0 }]);
        throw new Error('changed my mind');
      });
      const next = put(store, record('c'));
      await expect(failing).rejects.toThrow('changed my mind');
      await next;
      expect(await sequences(store)).toEqual([
        ['a', 1],
        ['c', 2],
      ]);
      expect(await store.getMeta('key')).toBeUndefined();
      expect(await store.countJobs()).toEqual({ waiting: 0, dead: 0 });
    });

    it('a transaction sees its own writes; others see them after the commit', async () => {
      const { store } = await start();
      await store.transaction(async (transaction) => {
        await transaction.putRecords([{ collection: 'runs', record: record('a') }]);
        expect((await transaction.getRecords(['a'])).has('a')).toBe(true);
        expect(await transaction.latestSequence()).toBe(1);
      });
      expect((await store.getRecords(['a'])).has('a')).toBe(true);
    });

    it('a commit that need not be durable is there at once, for readers and the next transaction', async () => {
      const { store } = await start();
      const count = async (durable: boolean) =>
        store.transaction(
          async (transaction) => {
            const next = Number((await transaction.getMeta('count')) ?? 0) + 1;
            await transaction.putMeta('count', String(next));
          },
          { durable },
        );
      for (const durable of [false, true, false, false, true]) await count(durable);
      expect(await store.getMeta('count')).toBe('5');
      const failing = store.transaction(
        async (transaction) => {
          await transaction.putMeta('count', '9');
          throw new Error('taken back');
        },
        { durable: false },
      );
      await expect(failing).rejects.toThrow('taken back');
      expect(await store.getMeta('count')).toBe('5');
    });

    it('concurrent transactions run one after the other, without a lost step', async () => {
      const { store } = await start();
      const step = () =>
        store.transaction(async (transaction) => {
          const count = Number((await transaction.getMeta('count')) ?? '0');
          await new Promise<void>((wake) => setImmediate(wake));
          await transaction.putMeta('count', String(count + 1));
        });
      await Promise.all(Array.from({ length: 25 }, step));
      expect(await store.getMeta('count')).toBe('25');
    });

    it('unique keys follow their record and are free after it lets go', async () => {
      const { store } = await start();
      const claim = (id: string, uniqueKeys: string[]) =>
        store.transaction((transaction) =>
          transaction.putRecords([{ collection: 'runs', record: record(id), uniqueKeys }]),
        );
      await claim('a', ['key-1', 'key-2']);
      expect(await store.uniqueOwners(['key-1', 'key-2', 'key-3'])).toEqual(
        new Map([
          ['key-1', 'a'],
          ['key-2', 'a'],
        ]),
      );
      await claim('a', ['key-2']);
      await claim('b', ['key-1']);
      expect((await store.uniqueOwners(['key-1'])).get('key-1')).toBe('b');
    });

    it('keeps chain heads, meta data, credentials, sessions and refresh tokens', async () => {
      const { store } = await start();
      const session = {
        id: 'session',
        staffId: 'ada',
        clientId: 'laptop',
        device: 'Laptop',
        address: '::1',
        createdAt: 1,
        lastSeenAt: 2,
        revokedAt: 0,
      };
      const token = { hash: 'hash', sessionId: 'session', issuedAt: 5, usedAt: 0 };
      await store.transaction(async (transaction) => {
        await transaction.putChainHeads(new Map([['tenant-1', { number: 3, hash: 'abc' }]]));
        await transaction.putMeta('key', 'first');
        await transaction.putMeta('key', 'second');
        await transaction.putCredential({ staffId: 'ada', secret: 'secret' });
        await transaction.putSession(session);
        await transaction.putSession({ ...session, revokedAt: 9 });
        await transaction.putSession({ ...session, id: 'phone', lastSeenAt: 7 });
        await transaction.putSession({ ...session, id: 'desk', lastSeenAt: 6 });
        await transaction.putSession({ ...session, id: 'of-ben', staffId: 'ben', lastSeenAt: 3 });
        await transaction.putRefreshToken(token);
        await transaction.putRefreshToken({ ...token, hash: 'forgotten', sessionId: 'other', issuedAt: 2 });
        // Of a console that was away: its newest token, and the one it was given for, whose answer it may not have got.
        const away = { sessionId: 'away', usedAt: 0 };
        await transaction.putRefreshToken({ ...away, hash: 'newest', issuedAt: 100_000 });
        await transaction.putRefreshToken({ ...away, hash: 'perhaps', issuedAt: 20_000, usedAt: 99_990 });
        await transaction.putRefreshToken({ ...away, hash: 'old', issuedAt: 10_000, usedAt: 20_000 });
        await transaction.pruneRefreshTokens(200_000, 5);
      });
      expect(await store.chainHeads(['tenant-1', 'tenant-2'])).toEqual(
        new Map([['tenant-1', { number: 3, hash: 'abc' }]]),
      );
      expect(await store.getMeta('key')).toBe('second');
      expect(await store.getCredential('ada')).toEqual({ staffId: 'ada', secret: 'secret' });
      expect(await store.getCredential('ben')).toBeUndefined();
      expect(await store.getSession('session')).toEqual({ ...session, revokedAt: 9 });
      expect(await store.getSession('another')).toBeUndefined();
      const living = async (query: { staffId?: string; seenBefore?: number }, limit = 10) =>
        (await store.livingSessions({ ...query, limit })).map((one) => one.id);
      expect(await living({})).toEqual(['of-ben', 'desk', 'phone']);
      expect(await living({ staffId: 'ada' })).toEqual(['desk', 'phone']);
      expect(await living({ seenBefore: 7 }, 1)).toEqual(['of-ben']);
      expect(await living({ staffId: 'ada', seenBefore: 6 })).toEqual([]);
      expect(await store.getRefreshToken('hash')).toEqual(token);
      for (const [hash, kept] of [
        ['newest', true],
        ['perhaps', true],
        ['old', false],
        ['forgotten', false],
      ] as const)
        expect([hash, (await store.getRefreshToken(hash)) !== undefined]).toEqual([hash, kept]);
    });
  });
}

async function sequences(store: SyncStore): Promise<[string, number][]> {
  return (await store.changesSince('runs', 0, 100)).map((change) => [change.head.id, change.head.sequence]);
}

export async function remove(store: SyncStore, id: string): Promise<void> {
  const stored = (await store.getRecords([id])).get(id);
  if (!stored) throw new Error(`there is no record ${id}`);
  const gone = tombstoneOf(stored, stored.version + 1);
  await store.transaction((transaction) =>
    transaction.putRecords([{ collection: 'runs', record: gone, uniqueKeys: [] }]),
  );
}
