import { normalizeMangoQuery, prepareQuery } from 'rxdb';
import type { BulkWriteRow, MangoQuery, RxCollection, RxDocumentData, RxJsonSchema } from 'rxdb';
import type { Json } from '#shared/kernel/json.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { EngineAnswers, EngineArguments } from '#shared/replica/engineCalls.ts';
import type { ListRequest, RowKey } from '#shared/replica/listRequest.ts';
import { requireResource } from '#shared/resources/registry.ts';
import type { InboxEntry } from '../replicaApi.ts';
import { fromStored, toStored } from './localDocument.ts';
import type { LocalDocument, StoredDocument } from './localDocument.ts';
import type { TextReads } from '../read/textReads.ts';
import type { EngineClient } from './sqlite/engineClient.ts';
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
  /** Ids of everything but remembered deletions, above `after`, rising. */
  ids: (
    collection: ReplicatedCollection,
    range: Omit<EngineArguments<'ids'>, 'table'>,
  ) => Promise<EngineAnswers['ids']>;
  /** Removes records changed before an instant (ISO 8601), unsent edits excepted. */
  forget: (collection: ReplicatedCollection, changedBefore: string) => Promise<void>;
  size: () => Promise<EngineAnswers['size']>;
  compact: () => Promise<EngineAnswers['compact']>;
  check: () => Promise<string[]>;
  /** Removes files that were set aside as damaged: they hold what was since erased. */
  forgetSetAside: () => Promise<EngineAnswers['forgetSetAside']>;
  /** A damaged file was replaced by a new one. */
  onRescue: EngineClient['onRescue'];
  /** Records per kind; remembered deletions and what was deleted here left out. */
  kindCounts: (collection: ReplicatedCollection) => Promise<EngineAnswers['kindCounts']>;
  /** Fingerprint of what the server is known to hold, as `RecordDigest` makes it. */
  digest: (collection: ReplicatedCollection, since?: string) => Promise<EngineAnswers['digest']>;
  lists: ListStore;
  texts: TextReads;
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

/** A part of a list: documents in order, with the keys that reading on from there needs. */
export interface ListPage {
  documents: LocalDocument[];
  first: RowKey | null;
  last: RowKey | null;
}

type Asked<Call extends 'listPage' | 'listAfter' | 'listPosition' | 'listGroups'> = Omit<
  EngineArguments<Call>,
  'table'
>;

/** Lists of one kind, decided and ordered by the engine. */
export interface ListStore {
  page: (request: Asked<'listPage'>) => Promise<ListPage>;
  after: (request: Asked<'listAfter'>) => Promise<Omit<ListPage, 'first'>>;
  count: (list: ListRequest) => Promise<number>;
  position: (request: Asked<'listPosition'>) => Promise<number>;
  groups: (request: Asked<'listGroups'>) => Promise<EngineAnswers['listGroups']>;
  explain: (list: ListRequest) => Promise<EngineAnswers['listExplain']>;
}

const dayInMilliseconds = 24 * 3600 * 1000;

/** The replica over its open storage. */
export function createLocalStore({ replicated, inbox, engine, close, remove }: StorageInstances): LocalStore {
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
    ids: (collection, range) => engine.call('ids', { table: collection, ...range }),
    forget: async (collection, changedBefore) =>
      void (await engine.call('forget', { table: collection, changedBefore })),
    size: () => engine.call('size', {}),
    compact: () => engine.call('compact', {}),
    check: () => engine.call('check', {}),
    forgetSetAside: () => engine.call('forgetSetAside', {}),
    onRescue: engine.onRescue,
    kindCounts: (collection) => engine.call('kindCounts', { table: collection }),
    digest: (collection, since) =>
      engine.call('digest', { table: collection, ...(since === undefined ? {} : { since }) }),
    lists: {
      page: async (request) => {
        const answer = await engine.call('listPage', { table: tableOf(request.list), ...request });
        return { documents: documentsOf(answer.documents), first: answer.first, last: answer.last };
      },
      after: async (request) => {
        const answer = await engine.call('listAfter', { table: tableOf(request.list), ...request });
        return { documents: documentsOf(answer.documents), last: answer.last };
      },
      count: (list) => engine.call('listCount', { table: tableOf(list), list }),
      position: (request) => engine.call('listPosition', { table: tableOf(request.list), ...request }),
      groups: (request) => engine.call('listGroups', { table: tableOf(request.list), ...request }),
      explain: (list) => engine.call('listExplain', { table: tableOf(list), list }),
    },
    texts: {
      after: ({ list, after, limit }) => engine.call('listAfter', { table: tableOf(list), list, after, limit }),
      find: (kind, ids) =>
        engine.call('find', { table: requireResource(kind).collection, ids: [...ids], withDeleted: false }),
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

function tableOf({ kind }: ListRequest): string {
  return requireResource(kind).collection;
}

function documentsOf(documents: string): LocalDocument[] {
  return (JSON.parse(documents) as RxDocumentData<StoredDocument>[]).map(fromStored);
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
