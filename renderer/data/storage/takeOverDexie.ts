import { fillWithDefaultSettings, getChangedDocumentsSince } from 'rxdb';
import type { RxDocumentData, RxJsonSchema, RxStorageInstance } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { replicatedCollections } from '#shared/records/collections.ts';
import { replicaSchema } from './localDocument.ts';
import type { StoredDocument } from './localDocument.ts';
import { privateSchema } from './openDatabase.ts';
import type { StorageInstances } from './openDatabase.ts';

/** How far a replica of an earlier console has been brought over. */
export interface TakeOverProgress {
  taken: number;
}

const earlierSchema: RxJsonSchema<StoredDocument> = { ...replicaSchema, version: 0, indexes: ['kind', 'pending'] };
const takenAtOnce = 1000;
const doneFact = 'fact:takenOver';

type Instance<Document> = RxStorageInstance<Document, unknown, unknown>;
type Writable<Document> = Pick<Instance<Document>, 'bulkWrite'>;

/**
 * Brings over the replica that the first consoles kept in IndexedDB: records, unsent edits, inbox and facts. The old one is
 * removed after everything is here, so that a start that was interrupted begins again. Does nothing where there is none.
 * @throws when a document cannot be stored; the old replica is whole then.
 */
export async function takeOverDexie(
  name: string,
  target: StorageInstances,
  onProgress: (progress: TakeOverProgress) => void,
): Promise<void> {
  if (!(await hasEarlierReplica(name))) return;
  const [done] = await target.inbox.findDocumentsById([doneFact], false);
  let taken = 0;
  const tell = (count: number) => onProgress({ taken: (taken += count) });
  const earlier: Instance<never>[] = [];
  for (const collection of replicatedCollections) {
    const instance = await openEarlier<StoredDocument>(name, collection, earlierSchema);
    earlier.push(instance as unknown as Instance<never>);
    if (!done) await copy(instance, target.replicated[collection], tell);
  }
  // Last, because it says how far the collections are.
  const inbox = await openEarlier(name, 'inbox', privateSchema);
  earlier.push(inbox as unknown as Instance<never>);
  if (!done) {
    await copy(inbox, target.inbox, tell);
    const mark = { id: doneFact, type: 'fact' as const, value: true };
    await write(target.inbox, [{ ...mark, _deleted: false, _attachments: {}, _meta: { lwt: 0 }, _rev: '' }]);
  }
  for (const instance of earlier) {
    await instance.close();
    await removeEarlier(databaseName(name, instance.collectionName));
  }
}

function databaseName(name: string, collection: string): string {
  return `rxdb-dexie-${name}--0--${collection}`;
}

function removeEarlier(database: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(database);
    request.addEventListener('success', () => resolve());
    request.addEventListener('error', () => reject(request.error ?? new Error(`${database} could not be removed`)));
  });
}

async function hasEarlierReplica(name: string): Promise<boolean> {
  if (typeof indexedDB === 'undefined') return false;
  const names = new Set((await indexedDB.databases()).map((one) => one.name));
  return [...replicatedCollections, 'inbox'].some((collection) => names.has(databaseName(name, collection)));
}

function openEarlier<Document>(
  name: string,
  collectionName: string,
  schema: RxJsonSchema<Document>,
): Promise<Instance<Document>> {
  return getRxStorageDexie().createStorageInstance<Document>({
    databaseInstanceToken: `take-over-${name}`,
    databaseName: name,
    collectionName,
    schema: fillWithDefaultSettings<Document>(schema),
    options: {},
    multiInstance: false,
    devMode: false,
  });
}

/** In the order of writing, so that a document changed meanwhile would come again. */
async function copy<Document>(
  from: Instance<Document>,
  to: Writable<Document>,
  tell: (count: number) => void,
): Promise<void> {
  let checkpoint: unknown;
  for (;;) {
    const page = await getChangedDocumentsSince(from, takenAtOnce, checkpoint);
    if (page.documents.length === 0) return;
    await write(
      to,
      page.documents.filter((document) => !document._deleted),
    );
    tell(page.documents.length);
    checkpoint = page.checkpoint;
  }
}

/** A document that is there already came over before the start was interrupted. */
async function write<Document>(to: Writable<Document>, documents: RxDocumentData<Document>[]): Promise<void> {
  const rows = documents.map((document) => ({ document: { ...document, _meta: { lwt: 0 }, _rev: '' } }));
  if (rows.length === 0) return;
  const { error } = await to.bulkWrite(rows, 'take-over');
  const failed = error.filter(({ status }) => status !== 409);
  if (failed.length > 0)
    throw new Error(`${failed.length} documents of the earlier replica could not be stored (${failed[0]?.status})`);
}
