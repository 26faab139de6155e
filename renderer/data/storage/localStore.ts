import { normalizeMangoQuery, prepareQuery } from 'rxdb';
import type { BulkWriteRow, MangoQuery, RxCollection, RxDocumentData, RxJsonSchema } from 'rxdb';
import type { Json } from '#shared/kernel/json.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { InboxEntry } from '../replicaApi.ts';
import { fromStored, toStored } from './localDocument.ts';
import type { LocalDocument, StoredDocument } from './localDocument.ts';
import type { PrivateDocument, StorageInstances } from './openDatabase.ts';

/** The replica on disk. Each write call is atomic within its collection; a failing storage rejects. */
export interface LocalStore {
  /** Documents by id, remembered deletions included. */
  read: (collection: ReplicatedCollection, ids: readonly string[]) => Promise<Map<string, LocalDocument>>;
  /** `known` = what `read` answered for these ids, where nothing can have been written since: saves reading them again. */
  write: (
    collection: ReplicatedCollection,
    documents: readonly LocalDocument[],
    known?: ReadonlyMap<string, LocalDocument>,
  ) => Promise<void>;
  /** Every unsent edit. */
  pending: (collection: ReplicatedCollection) => Promise<LocalDocument[]>;
  /** Documents of a kind ('' = all) with an id above `after`, rising; remembered deletions left out. */
  page: (collection: ReplicatedCollection, kind: string, after: string, limit: number) => Promise<LocalDocument[]>;
  count: (collection: ReplicatedCollection) => Promise<number>;
  inbox: () => Promise<InboxEntry[]>;
  putInbox: (entries: readonly InboxEntry[]) => Promise<void>;
  removeInbox: (ids: readonly string[]) => Promise<void>;
  getFact: (name: string) => Promise<Json | undefined>;
  putFact: (name: string, value: Json) => Promise<void>;
  /** Removes remembered deletions older than a day, a little at a time. */
  tidy: (collection: ReplicatedCollection) => Promise<void>;
  close: () => Promise<void>;
  /** Removes everything from the disk. */
  remove: () => Promise<void>;
}

const dayInMilliseconds = 24 * 3600 * 1000;

/** The replica over its open storage. */
export function createLocalStore({ replicated, inbox, close, remove }: StorageInstances): LocalStore {
  /** The stored form of documents that were read, which RxDB wants to see when they are written again. */
  const storedOf = new WeakMap<LocalDocument, RxDocumentData<StoredDocument>>();
  const rememberStored = (stored: RxDocumentData<StoredDocument>): LocalDocument => {
    const document = fromStored(stored);
    storedOf.set(document, stored);
    return document;
  };
  const instanceOf = (collection: ReplicatedCollection) => replicated[collection];

  const putPrivate = async (documents: readonly PrivateDocument[], deleted = false): Promise<void> => {
    const known = await inbox.findDocumentsById(
      documents.map((one) => one.id),
      true,
    );
    const previous = new Map(known.map((one) => [one.id, one]));
    await writeAll(
      inbox,
      documents.map((one) => ({
        previous: previous.get(one.id),
        document: { ...one, _deleted: deleted, _attachments: {}, _meta: { lwt: 0 }, _rev: '' },
      })),
    );
  };
  return {
    read: async (collection, ids) => {
      const found = ids.length === 0 ? [] : await instanceOf(collection).findDocumentsById([...ids], true);
      return new Map(found.map((stored) => [stored.id, rememberStored(stored)]));
    },
    write: async (collection, documents, known) => {
      if (documents.length === 0) return;
      const instance = instanceOf(collection);
      const previous = known
        ? new Map(
            [...known].flatMap(([id, document]) => (storedOf.get(document) ? [[id, storedOf.get(document)]] : [])),
          )
        : await readStored(
            instance,
            documents.map(({ record }) => record.id),
          );
      const rows = documents.flatMap((document): BulkWriteRow<StoredDocument>[] => {
        const before = previous.get(document.record.id);
        const stored = toStored(document);
        // RxDB refuses to insert what is deleted already; there is nothing to forget then.
        return !before && stored._deleted
          ? []
          : [before ? { previous: before, document: stored } : { document: stored }];
      });
      await writeAll(instance, rows);
    },
    pending: async (collection) =>
      find(collection, { selector: { pending: 1 }, sort: [{ pending: 'asc' }, { id: 'asc' }] }),
    page: async (collection, kind, after, limit) =>
      find(collection, {
        selector: kind === '' ? { id: { $gt: after } } : { kind, id: { $gt: after } },
        sort: kind === '' ? [{ id: 'asc' }] : [{ kind: 'asc' }, { id: 'asc' }],
        limit,
      }),
    count: async (collection) => {
      const instance = instanceOf(collection);
      const query: MangoQuery<StoredDocument> = {
        selector: { kind: { $gt: '' } },
        sort: [{ kind: 'asc' }, { id: 'asc' }],
      };
      return (await instance.count(prepare(instance.schema, query))).count;
    },
    inbox: async () => (await findPrivate('inbox')).map((one) => one.value as unknown as InboxEntry),
    putInbox: (entries) =>
      putPrivate(entries.map((entry) => ({ id: entry.id, type: 'inbox', value: entry as unknown as Json }))),
    removeInbox: (ids) =>
      putPrivate(
        ids.map((id) => ({ id, type: 'inbox', value: null })),
        true,
      ),
    getFact: async (factName) => {
      const [found] = await inbox.findDocumentsById([`fact:${factName}`], false);
      return found?.value;
    },
    putFact: (factName, value) => putPrivate([{ id: `fact:${factName}`, type: 'fact', value }]),
    tidy: async (collection) => void (await instanceOf(collection).cleanup(dayInMilliseconds)),
    close,
    remove,
  };

  async function find(collection: ReplicatedCollection, query: MangoQuery<StoredDocument>): Promise<LocalDocument[]> {
    const instance = instanceOf(collection);
    return (await instance.query(prepare(instance.schema, query))).documents.map(fromStored);
  }
  async function findPrivate(type: PrivateDocument['type']): Promise<PrivateDocument[]> {
    const query = { selector: { type }, sort: [{ type: 'asc' }, { id: 'asc' }] } as MangoQuery<PrivateDocument>;
    return (await inbox.query(prepare(inbox.schema, query))).documents;
  }
}

function prepare<Document>(schema: RxJsonSchema<RxDocumentData<Document>>, query: MangoQuery<Document>) {
  const living = { ...query, selector: { ...query.selector, _deleted: false } };
  const normalized = normalizeMangoQuery<RxDocumentData<Document>>(schema, living as never);
  return prepareQuery<RxDocumentData<Document>>(schema, normalized);
}

async function readStored(
  instance: StorageInstances['replicated']['runs'],
  ids: readonly string[],
): Promise<Map<string, RxDocumentData<StoredDocument> | undefined>> {
  const found = await instance.findDocumentsById([...ids], true);
  return new Map(found.map((stored) => [stored.id, stored]));
}

/** A write that fails for one document is a failure of the whole: the caller starts again from what is stored. */
async function writeAll<Document>(
  instance: RxCollection<Document>['storageInstance'],
  rows: BulkWriteRow<Document>[],
): Promise<void> {
  if (rows.length === 0) return;
  const { error } = await instance.bulkWrite(rows, 'steward-replica');
  const [first] = error;
  if (first)
    throw new Error(`the replica could not store ${error.length} of ${rows.length} documents (${first.status})`);
}
