import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { replicatedCollections } from '#shared/records/collections.ts';
import type { InboxEntry, SyncBadge } from '../replicaApi.ts';
import { requireResource } from '#shared/resources/registry.ts';
import type { LocalDocument } from './localDocument.ts';
import type { LocalStore } from './localStore.ts';

export interface LocalChange {
  document?: LocalDocument;
  /** What the change takes from the person's sight; stored before the document, so that a crash cannot lose it. */
  inbox?: readonly InboxEntry[];
}

export interface PendingDocument {
  collection: ReplicatedCollection;
  document: LocalDocument;
}

/** The replica as the rest of the console uses it: stored and observed; unsent edits and the inbox also in memory. */
export interface LocalData {
  store: LocalStore;
  /**
   * Reads the documents, decides and writes without anything of the collection changing in between. `decide` may run only
   * once; what it throws refuses the whole.
   */
  update: (
    collection: ReplicatedCollection,
    ids: readonly string[],
    decide: (documents: ReadonlyMap<string, LocalDocument>) => readonly LocalChange[],
  ) => Promise<void>;
  pending: () => ReadonlyMap<string, PendingDocument>;
  inbox: () => ReadonlyMap<string, InboxEntry>;
  /** Removes records changed before an instant (ISO 8601) from this computer, unsent edits excepted. */
  forget: (collection: ReplicatedCollection, changedBefore: string) => Promise<void>;
  putInbox: (entries: readonly InboxEntry[]) => Promise<void>;
  removeInbox: (ids: readonly string[]) => Promise<void>;
  badgeOf: (document: LocalDocument) => SyncBadge;
  /** Documents in the replica, remembered deletions left out. */
  size: () => number;
  /** After every write, with what was written. */
  onWritten: (listener: (collection: ReplicatedCollection, documents: readonly LocalDocument[]) => void) => () => void;
  /** Many records came or went at once, too many to name. */
  onReloaded: (listener: () => void) => () => void;
  onInbox: (listener: () => void) => () => void;
}

/** Loads what is always in memory (unsent edits, inbox) and serves the rest from the store. */
export async function openLocalData(store: LocalStore): Promise<LocalData> {
  const pending = new Map<string, PendingDocument>();
  let size = 0;
  // All at once: the start of the console waits for it.
  const [entries] = await Promise.all([
    store.inbox(),
    ...replicatedCollections.map(async (collection) => {
      for (const document of await store.pending(collection)) pending.set(document.record.id, { collection, document });
      const count = await countOf(store, collection);
      size += count;
    }),
  ]);
  const inbox = new Map(entries.map((entry) => [entry.id, entry]));
  const openByRecord = new Map<string, SyncBadge>();
  const writtenListeners = new Set<(collection: ReplicatedCollection, documents: readonly LocalDocument[]) => void>();
  const inboxListeners = new Set<() => void>();
  const reloadListeners = new Set<() => void>();
  const locks = new Map<ReplicatedCollection, Promise<unknown>>();

  const indexInbox = () => {
    openByRecord.clear();
    for (const entry of inbox.values()) {
      if (entry.resolved || entry.type === 'invalid_document' || entry.type === 'draft_cleaned') continue;
      const badge = entry.type === 'conflict' ? 'conflict' : 'refused';
      if (openByRecord.get(entry.recordId) !== 'conflict') openByRecord.set(entry.recordId, badge);
    }
  };
  indexInbox();
  const inboxChanged = () => {
    indexInbox();
    inboxListeners.forEach((listener) => listener());
  };
  const locked = <Value>(collection: ReplicatedCollection, work: () => Promise<Value>): Promise<Value> => {
    const mine = (locks.get(collection) ?? Promise.resolve()).then(work);
    locks.set(
      collection,
      mine.catch(() => undefined),
    );
    return mine;
  };
  const putInbox = async (entries: readonly InboxEntry[]) => {
    if (entries.length === 0) return;
    await store.putInbox(entries);
    for (const entry of entries) inbox.set(entry.id, entry);
    inboxChanged();
  };
  const publish = (
    collection: ReplicatedCollection,
    before: ReadonlyMap<string, LocalDocument>,
    documents: readonly LocalDocument[],
  ) => {
    for (const document of documents) {
      const { id } = document.record;
      if (document.pending) pending.set(id, { collection, document });
      else pending.delete(id);
      size += Number(isStored(document)) - Number(isStored(before.get(id)));
    }
    writtenListeners.forEach((listener) => listener(collection, documents));
  };
  return {
    store,
    update: (collection, ids, decide) =>
      locked(collection, async () => {
        const before = await store.read(collection, ids);
        const changes = decide(before);
        await putInbox(changes.flatMap((change) => change.inbox ?? []));
        const documents = changes.flatMap((change) => change.document ?? []);
        if (documents.length === 0) return;
        await store.write(collection, documents, before);
        publish(collection, before, documents);
      }),
    forget: (collection, changedBefore) =>
      locked(collection, async () => {
        const before = await countOf(store, collection);
        await store.forget(collection, changedBefore);
        size += (await countOf(store, collection)) - before;
        reloadListeners.forEach((listener) => listener());
      }),
    pending: () => pending,
    inbox: () => inbox,
    putInbox,
    removeInbox: async (ids) => {
      const known = ids.filter((id) => inbox.has(id));
      if (known.length === 0) return;
      await store.removeInbox(known);
      for (const id of known) inbox.delete(id);
      inboxChanged();
    },
    badgeOf: ({ record, pending: edit }) => openByRecord.get(record.id) ?? (edit ? 'waiting' : 'synced'),
    size: () => size,
    onWritten: (listener) => {
      writtenListeners.add(listener);
      return () => void writtenListeners.delete(listener);
    },
    onReloaded: (listener) => {
      reloadListeners.add(listener);
      return () => void reloadListeners.delete(listener);
    },
    onInbox: (listener) => {
      inboxListeners.add(listener);
      return () => void inboxListeners.delete(listener);
    },
  };
}

async function countOf(store: LocalStore, collection: ReplicatedCollection): Promise<number> {
  return Object.values(await store.kindCounts(collection)).reduce((sum, count) => sum + count, 0);
}

/** The replicated collection that holds a kind. */
export function collectionOfKind(kind: string): ReplicatedCollection {
  return requireResource(kind).collection as ReplicatedCollection;
}

function isStored(document: LocalDocument | undefined): boolean {
  return document !== undefined && !('_deleted' in document.record && document.pending === null);
}
