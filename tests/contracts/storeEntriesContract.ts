import { afterEach, describe, expect, it } from 'vitest';
import type { Entry, SyncStore } from '#server/storage/store.ts';
import { startOfTime } from './storeContract.ts';
import type { OpenedStore } from './storeContract.ts';

const put = (store: SyncStore, ...entries: Entry[]) =>
  store.transaction((transaction) => transaction.putEntries(entries));
const keysOf = async (store: SyncStore, query: { prefix?: string; after?: string; limit?: number }) =>
  (await store.entriesOf('area', { limit: 100, ...query })).map((entry) => entry.key);

/** What every adapter of the storage port must do with entries. */
export function storeEntriesContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`entries of the storage port: ${name}`, () => {
    const opened: SyncStore[] = [];
    const start = async (): Promise<OpenedStore> => {
      const one = await open();
      opened.push(one.store);
      return one;
    };
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close();
    });

    it('keeps values of any JSON under their area and key, the newest one', async () => {
      const { store } = await start();
      const value = { list: [1, 'two', null, true], deep: { text: 'ž' } };
      await put(store, { area: 'area', key: 'a', value: 1 }, { area: 'other', key: 'a', value: 'else' });
      await put(store, { area: 'area', key: 'a', value }, { area: 'area', key: 'b', value: null });
      expect(await store.getEntries('area', ['a', 'b', 'c'])).toEqual(
        new Map<string, unknown>([
          ['a', value],
          ['b', null],
        ]),
      );
      expect(await store.getEntries('other', ['a'])).toEqual(new Map([['a', 'else']]));
    });

    it('lists keys in their order, by prefix, page by page', async () => {
      const { store } = await start();
      const keys = ['b', 'a:2', 'a:1', 'a;', 'a', 'a:😀', 'a:\uFFFD', 'a:\u{10FFFF}z'];
      await put(store, ...keys.map((key) => ({ area: 'area', key, value: key })), { area: 'b', key: 'a:3', value: 0 });
      expect(await keysOf(store, {})).toEqual(['a', 'a:1', 'a:2', 'a:\uFFFD', 'a:😀', 'a:\u{10FFFF}z', 'a;', 'b']);
      expect(await keysOf(store, { prefix: 'a:' })).toEqual(['a:1', 'a:2', 'a:\uFFFD', 'a:😀', 'a:\u{10FFFF}z']);
      expect(await keysOf(store, { prefix: 'a:', limit: 2 })).toEqual(['a:1', 'a:2']);
      expect(await keysOf(store, { prefix: 'a:', after: 'a:2', limit: 2 })).toEqual(['a:\uFFFD', 'a:😀']);
      expect(await keysOf(store, { after: 'a;' })).toEqual(['b']);
      expect(await keysOf(store, { prefix: 'a:\u{10FFFF}' })).toEqual(['a:\u{10FFFF}z']);
      expect(await store.entriesOf('area', { prefix: 'b', limit: 1 })).toEqual([{ key: 'b', value: 'b' }]);
    });

    it('removes entries by key and by prefix', async () => {
      const { store } = await start();
      await put(store, ...['a:1', 'a:2', 'b', 'c'].map((key) => ({ area: 'area', key, value: 0 })), {
        area: 'other',
        key: 'a:1',
        value: 0,
      });
      await store.transaction(async (transaction) => {
        await transaction.removeEntries([
          { area: 'area', key: 'b' },
          { area: 'area', key: 'nobody' },
        ]);
        await transaction.removeEntriesWithPrefix('area', 'a:');
      });
      expect(await keysOf(store, {})).toEqual(['c']);
      expect((await store.getEntries('other', ['a:1'])).size).toBe(1);
      await store.transaction((transaction) => transaction.removeEntriesWithPrefix('area', ''));
      expect(await keysOf(store, {})).toEqual([]);
    });

    it('never answers what has expired, removed yet or not', async () => {
      const { store, advance } = await start();
      await put(
        store,
        { area: 'area', key: 'brief', value: 1, expiresAt: startOfTime + 10 },
        { area: 'area', key: 'long', value: 2, expiresAt: startOfTime + 1000 },
        { area: 'area', key: 'lasting', value: 3 },
      );
      expect(await keysOf(store, {})).toEqual(['brief', 'lasting', 'long']);
      advance(10);
      expect(await keysOf(store, {})).toEqual(['lasting', 'long']);
      expect((await store.getEntries('area', ['brief'])).size).toBe(0);
      await put(store, { area: 'area', key: 'long', value: 4 });
      await store.transaction((transaction) => transaction.pruneEntries(startOfTime + 5000));
      expect(await keysOf(store, {})).toEqual(['lasting', 'long']);
    });

    it('a throw takes entries back too; a transaction sees its own', async () => {
      const { store } = await start();
      const failing = store.transaction(async (transaction) => {
        await transaction.putEntries([{ area: 'area', key: 'a', value: 1 }]);
        expect((await transaction.getEntries('area', ['a'])).get('a')).toBe(1);
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await keysOf(store, {})).toEqual([]);
    });
  });
}
