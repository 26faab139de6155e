import { afterEach, describe, expect, it } from 'vitest';
import { tombstoneOf } from '#shared/records/envelope.ts';
import type { SyncStore } from '#server/storage/store.ts';
import { makeTicket } from '#tests/support/sampleResource.ts';
import type { OpenedStore } from './storeContract.ts';

const entry = (id: string, tenantId: string, number: number, version = 1) =>
  makeTicket({ id, kind: 'auditEntry', tenantId, version, body: { number } });

/** What every adapter of the storage port promises of audit chains. */
export function storeChainsContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`audit chains of the storage port: ${name}`, () => {
    const opened: SyncStore[] = [];
    const start = async (): Promise<OpenedStore> => {
      const one = await open();
      opened.push(one.store);
      return one;
    };
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close();
    });

    it('answers the entries of a chain in the order of their numbers, whenever they were written last', async () => {
      const { store } = await start();
      const put = (...records: ReturnType<typeof entry>[]) =>
        store.transaction((transaction) =>
          transaction.putRecords(records.map((record) => ({ collection: 'audit', record }))),
        );
      await put(
        entry('a', 'acme', 1),
        entry('b', 'acme', 2),
        entry('x', '', 1),
        entry('c', 'acme', 10),
        entry('d', 'acme', 3),
      );
      await put(entry('a', 'acme', 1, 2));
      const ids = async (tenantId: string, from: number, limit = 10) =>
        (await store.chainEntries(tenantId, from, limit)).map((one) => one.id);
      expect(await ids('acme', 1)).toEqual(['a', 'b', 'd', 'c']);
      expect(await ids('acme', 3, 1)).toEqual(['d']);
      expect(await ids('', 1)).toEqual(['x']);
      await store.transaction((transaction) =>
        transaction.putRecords([{ collection: 'audit', record: tombstoneOf(entry('a', 'acme', 1), 3) }]),
      );
      expect(await ids('acme', 1)).toEqual(['b', 'd', 'c']);
    });

    it('answers the ends of all chains page by page, the platform first', async () => {
      const { store } = await start();
      const ends = ['globex', '', 'acme'].map(
        (tenantId, index) => [tenantId, { number: index + 1, hash: `${index}` }] as const,
      );
      await store.transaction((transaction) => transaction.putChainHeads(new Map(ends)));
      expect(await store.allChainHeads(undefined, 2)).toEqual([
        { tenantId: '', number: 2, hash: '1' },
        { tenantId: 'acme', number: 3, hash: '2' },
      ]);
      expect((await store.allChainHeads('', 2)).map((end) => end.tenantId)).toEqual(['acme', 'globex']);
      expect(await store.allChainHeads('globex', 2)).toEqual([]);
    });
  });
}
