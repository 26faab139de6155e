import { afterEach, describe, expect, it } from 'vitest';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { SyncStore } from '#server/storage/store.ts';
import { day, put, record, remove, startOfTime } from './storeContract.ts';
import type { OpenedStore } from './storeContract.ts';

/** A record updated so many days after the start of time. */
const updated = (id: string, days: number, changes: Partial<RecordEnvelope> = {}) =>
  record(id, { updatedAt: new Date(startOfTime + days * day).toISOString(), ...changes });

/** What every adapter of the storage port must do with `updatedSince` and `updatedBefore`. */
export function storeWindowContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`windows of the storage port: ${name}`, () => {
    const opened: SyncStore[] = [];
    const start = async (): Promise<OpenedStore> => {
      const one = await open();
      opened.push(one.store);
      return one;
    };
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close();
    });

    it('leaves out living records updated before a moment, and counts alike', async () => {
      const { store } = await start();
      await put(store, updated('old', -1), updated('edge', 0), updated('new', 1), updated('older', -2));
      expect((await store.changesSince('runs', 0, 10, startOfTime)).map((change) => change.head.id)).toEqual([
        'edge',
        'new',
      ]);
      expect((await store.changesSince('runs', 0, 1, startOfTime)).map((change) => change.head.id)).toEqual(['edge']);
      expect((await store.changesSince('runs', 2, 10, startOfTime)).map((change) => change.head.id)).toEqual(['new']);
      expect((await store.headsSince('runs', 0, 10, startOfTime)).map((head) => head.id)).toEqual(['edge', 'new']);
      expect(await store.countSince('runs', 0, startOfTime)).toBe(2);
      await put(store, updated('new', -1, { version: 2 }), updated('old', 3, { version: 2 }));
      expect((await store.headsSince('runs', 0, 10, startOfTime)).map((head) => head.id)).toEqual(['edge', 'old']);
    });

    it('compares moments, however finely they are written', async () => {
      const { store } = await start();
      const at = (id: string, updatedAt: string) => record(id, { updatedAt });
      await put(store, at('whole', '2026-03-01T00:00:00Z'), at('fine', '2026-03-01T00:00:00.0009Z'));
      await put(store, at('before', '2026-02-28T23:59:59.9999Z'));
      expect((await store.headsSince('runs', 0, 10, startOfTime)).map((head) => head.id)).toEqual(['whole', 'fine']);
    });

    it('keeps deletions and departures whatever the moment, in their place', async () => {
      const { store } = await start();
      const ada = { tenantId: 'tenant-1', createdBy: 'person-1', assignedTo: 'ada' };
      await put(store, updated('lost', -5, { assignedTo: 'ada' }), updated('gone', -5), updated('old', -5));
      await store.transaction((transaction) =>
        transaction.putRecords([
          { collection: 'runs', record: updated('lost', -4, { version: 2, assignedTo: 'ben' }), departed: ada },
        ]),
      );
      await put(store, updated('new', 1));
      await remove(store, 'gone');
      const ids = async (after: number, limit: number) =>
        (await store.changesSince('runs', after, limit, startOfTime)).map((change) => change.head.id);
      expect(await ids(0, 10)).toEqual(['lost', 'new', 'gone']);
      expect(await ids(0, 2)).toEqual(['lost', 'new']);
      expect(await ids(4, 10)).toEqual(['new', 'gone']);
      expect((await store.changesSince('runs', 0, 1, startOfTime))[0]?.departed).toEqual([ada]);
      expect((await store.headsSince('runs', 0, 10, startOfTime)).map((head) => head.id)).toEqual(['new']);
    });

    it('lists a record once that changed inside the window and departed from somebody', async () => {
      const { store } = await start();
      const ada = { tenantId: 'tenant-1', createdBy: 'person-1', assignedTo: 'ada' };
      await put(store, updated('handed', 1, { assignedTo: 'ada' }));
      await store.transaction((transaction) =>
        transaction.putRecords([
          { collection: 'runs', record: updated('handed', 2, { version: 2, assignedTo: 'ben' }), departed: ada },
        ]),
      );
      expect(await store.changesSince('runs', 0, 10, startOfTime)).toMatchObject([
        { head: { id: 'handed', version: 2 }, departed: [ada] },
      ]);
    });

    it('pages backwards inside a span of time, its start inclusive, its end not', async () => {
      const { store } = await start();
      await put(store, updated('d', 3), updated('a', 0), updated('b', 1, { kind: 'run' }), updated('c', 2));
      const page = async (query: object) =>
        (
          await store.recordsBefore({ collection: 'runs', kind: '', tenantId: '', before: 100, limit: 10, ...query })
        ).map((change) => change.head.id);
      expect(await page({ updatedBefore: startOfTime + 2 * day })).toEqual(['b', 'a']);
      expect(await page({ updatedSince: startOfTime + 2 * day })).toEqual(['c', 'd']);
      expect(await page({ updatedSince: startOfTime, updatedBefore: startOfTime + 3 * day, before: 4 })).toEqual([
        'b',
        'a',
      ]);
      expect(await page({ updatedBefore: startOfTime + 2 * day, kind: 'run' })).toEqual(['b']);
    });
  });
}
