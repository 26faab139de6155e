import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { requireResource } from '#shared/resources/registry.ts';
import type { LocalDocument } from '../storage/localDocument.ts';
import type { LocalStore } from '../storage/localStore.ts';

/** All documents of one kind, kept in step with every write. */
export interface KindContent {
  documents: ReadonlyMap<string, LocalDocument>;
  state: 'reading' | 'ready' | 'failed';
  problem: string;
}

export interface KindCache {
  /** Calls the listener now and after every change; reads the kind from the disk the first time somebody asks. */
  observe: (kind: string, listener: (content: KindContent) => void) => () => void;
  /** The kind once it is read. Rejects when the disk fails. */
  load: (kind: string) => Promise<KindContent>;
  isLoaded: (kind: string) => boolean;
  /** What was just written. */
  publish: (documents: readonly LocalDocument[]) => void;
}

interface Entry extends KindContent {
  documents: Map<string, LocalDocument>;
  listeners: Set<(content: KindContent) => void>;
  loading: Promise<void>;
  /** Written while the disk is read; newer than what it says. */
  touched: Set<string>;
}

const pageSize = 2000;

/** Kinds in memory, each read once in pages so that the window stays free. `pause` lets it draw between two pages. */
export function createKindCache(store: LocalStore, pause: () => Promise<void>): KindCache {
  const entries = new Map<string, Entry>();
  const tell = (entry: Entry) => entry.listeners.forEach((listener) => listener(entry));

  const read = async (kind: string, entry: Entry): Promise<void> => {
    const collection = requireResource(kind).collection as ReplicatedCollection;
    let after = '';
    for (;;) {
      const page = await store.page(collection, kind, after, pageSize);
      for (const document of page) {
        const { id } = document.record;
        if (!entry.touched.has(id)) entry.documents.set(id, document);
      }
      const last = page.at(-1);
      if (!last || page.length < pageSize) return;
      after = last.record.id;
      await pause();
    }
  };
  const finish = async (kind: string, entry: Entry): Promise<void> => {
    try {
      await read(kind, entry);
      entry.state = 'ready';
      entry.touched.clear();
    } catch (error) {
      entry.state = 'failed';
      entry.problem = error instanceof Error ? error.message : String(error);
      entries.delete(kind);
    }
    tell(entry);
  };
  const start = (kind: string): Entry => {
    const entry: Entry = {
      documents: new Map(),
      state: 'reading',
      problem: '',
      listeners: new Set(),
      touched: new Set(),
      loading: Promise.resolve(),
    };
    entries.set(kind, entry);
    entry.loading = finish(kind, entry);
    return entry;
  };
  const entryOf = (kind: string): Entry => entries.get(kind) ?? start(kind);
  return {
    observe: (kind, listener) => {
      const entry = entryOf(kind);
      entry.listeners.add(listener);
      listener(entry);
      return () => void entry.listeners.delete(listener);
    },
    load: async (kind) => {
      const entry = entryOf(kind);
      await entry.loading;
      if (entry.state === 'failed') throw new Error(entry.problem);
      return entry;
    },
    isLoaded: (kind) => entries.get(kind)?.state === 'ready',
    publish: (documents) => {
      const changed = new Set<Entry>();
      for (const document of documents) {
        const { record, pending } = document;
        const entry = entries.get(record.kind);
        if (!entry) continue;
        if ('_deleted' in record && !pending) entry.documents.delete(record.id);
        else entry.documents.set(record.id, document);
        if (entry.state === 'reading') entry.touched.add(record.id);
        changed.add(entry);
      }
      for (const entry of changed) if (entry.state === 'ready') tell(entry);
    },
  };
}
