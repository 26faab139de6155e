import 'fake-indexeddb/auto';
import { fillWithDefaultSettings } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { expect, it } from 'vitest';
import { openBareInstances } from '#tests/support/bareInstances.ts';
import { startEngine } from '#tests/support/engineInProcess.ts';
import { makeTicket } from '#tests/support/sampleResource.ts';
import { chooseStorage } from './chooseStorage.ts';
import { replicaSchema, toStored } from './localDocument.ts';
import type { LocalDocument } from './localDocument.ts';
import { createLocalStore } from './localStore.ts';
import { privateSchema } from './openDatabase.ts';
import type { StorageInstances } from './openDatabase.ts';
import { takeOverDexie } from './takeOverDexie.ts';

const edits = 1000;
const records = 2500;
const storage = chooseStorage(startEngine('node').connect);

const numbered = (index: number): LocalDocument => {
  const record = makeTicket({ id: `id-${String(index).padStart(5, '0')}`, kind: 'task' });
  const pending = {
    base: record,
    edit: `edit-${index}`,
    editedAt: '2026-01-01T00:00:00.000Z',
    reason: `because ${index}`,
    steps: [],
    sent: null,
    sentEdit: '',
    sentSteps: 0,
  };
  return { record, pending: index < edits ? pending : null };
};

/** A replica as the first consoles left it. */
async function leaveEarlierReplica(name: string): Promise<void> {
  const open = async (collectionName: string, schema: object) =>
    getRxStorageDexie().createStorageInstance<Record<string, unknown>>({
      databaseInstanceToken: 'earlier',
      databaseName: name,
      collectionName,
      schema: fillWithDefaultSettings(schema as never),
      options: {},
      multiInstance: false,
      devMode: false,
    });
  const runs = await open('runs', { ...replicaSchema, version: 0, indexes: ['kind', 'pending'] });
  const documents = Array.from({ length: records }, (_, index) => ({
    ...toStored(numbered(index)),
    _rev: '1-a',
    _meta: { lwt: 1000 + index },
  }));
  await runs.bulkWrite(documents.map((document) => ({ document })) as never, 'test');
  const inbox = await open('inbox', privateSchema);
  const fact = { id: 'fact:collection:runs', type: 'fact', value: { checkpoint: 77, sweep: false, complete: true } };
  const hidden = { _deleted: false, _attachments: {}, _rev: '1-a', _meta: { lwt: 1 } };
  await inbox.bulkWrite([{ document: { ...fact, ...hidden } }] as never, 'test');
  await runs.close();
  await inbox.close();
}

const databasesOf = async (name: string) =>
  (await indexedDB.databases()).filter((one) => one.name?.includes(`${name}--`));

it('brings over an earlier replica with 1,000 unsent edits, and removes it then', async () => {
  await leaveEarlierReplica('earlier-a');
  const target = await openBareInstances('earlier-a', storage);
  const told: number[] = [];
  await takeOverDexie('earlier-a', target, ({ taken }) => told.push(taken));
  const store = createLocalStore(target);
  const pending = await store.pending('runs');
  expect(pending.length).toBe(edits);
  expect(pending[7]).toEqual(numbered(7));
  expect(await store.kindCounts('runs')).toEqual({ task: records });
  expect(await store.getFact('collection:runs')).toEqual({ checkpoint: 77, sweep: false, complete: true });
  expect(told.at(-1)).toBe(records + 1);
  expect(await databasesOf('earlier-a')).toEqual([]);
  await store.remove();
});

it('begins again where it was interrupted, and keeps the earlier replica until then', async () => {
  await leaveEarlierReplica('earlier-b');
  const target = await openBareInstances('earlier-b', storage);
  const full: StorageInstances = {
    ...target,
    inbox: new Proxy(target.inbox, {
      get: (instance, name) =>
        name === 'bulkWrite' ? () => Promise.reject(new Error('disk is full')) : Reflect.get(instance, name),
    }),
  };
  await expect(takeOverDexie('earlier-b', full, () => undefined)).rejects.toThrow('disk is full');
  expect((await databasesOf('earlier-b')).length).toBeGreaterThan(0);
  await takeOverDexie('earlier-b', target, () => undefined);
  const store = createLocalStore(target);
  expect((await store.pending('runs')).length).toBe(edits);
  expect(await store.kindCounts('runs')).toEqual({ task: records });
  expect(await databasesOf('earlier-b')).toEqual([]);
  await store.remove();
});
