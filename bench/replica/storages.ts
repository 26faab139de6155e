import { createRxDatabase, normalizeMangoQuery, prepareQuery } from 'rxdb';
import type { MangoQuery, RxCollection, RxDocumentData, RxJsonSchema } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { firstValueFrom, filter } from 'rxjs';
import { createRecordReads } from '#renderer/data/read/recordReads.ts';
import { chooseStorage } from '#renderer/data/storage/chooseStorage.ts';
import { openLocalData } from '#renderer/data/storage/localData.ts';
import { replicaSchema } from '#renderer/data/storage/localDocument.ts';
import type { PendingEdit, StoredDocument } from '#renderer/data/storage/localDocument.ts';
import { createLocalStore } from '#renderer/data/storage/localStore.ts';
import { openDatabase } from '#renderer/data/storage/openDatabase.ts';
import type { EnginePort } from '#renderer/data/storage/sqlite/engineClient.ts';
import { createWindowPorts } from '#renderer/data/storage/sqlite/windowPort.ts';
import type { TimedMessage } from './engine.ts';
import { kind, newestEntry, pageSize, rowOf } from './workload.ts';
import type { Question } from './workload.ts';

export type StorageName = 'sqlite' | 'dexie' | 'memory';
type Instance = RxCollection<StoredDocument>['storageInstance'];

/** A storage with the audit log in it, open. */
export interface OpenStorage {
  /** As RxDB's own collections use it: wrapped, so that revisions and times are its work. */
  instance: Instance;
  /** Answers how many rows came, or were counted. */
  ask: (question: Question) => Promise<number>;
  /** The same through RxDB's `query`, where `ask` does it otherwise. */
  askMango?: (question: Question) => Promise<number>;
  /** Milliseconds in the engine's process since this was called last; undefined without such a process. */
  engineTime?: () => number;
  /** Writes a new first entry and answers when the page that shows it has been read. */
  writeAndRead: (index: number) => Promise<void>;
  /** Opens the newest entries as a live list; each call of its answer writes one and waits until the list shows it. */
  observe: () => Promise<(index: number) => Promise<void>>;
}

const databaseName = 'bench';

export function openStorage(name: StorageName): Promise<OpenStorage> {
  switch (name) {
    case 'sqlite':
      return openSqlite();
    case 'dexie':
      return openPlain(getRxStorageDexie());
    case 'memory':
      return openPlain(getRxStorageMemory());
  }
}

/** The product's replica: its tables, columns and indexes, its list calls, its live reads. */
async function openSqlite(): Promise<OpenStorage> {
  let engineTime = 0;
  const ports = createWindowPorts(window.steward.replica);
  const timed = async (): Promise<EnginePort> => {
    const port = await ports();
    const onMessage: EnginePort['onMessage'] = (listener) =>
      port.onMessage((message) => {
        engineTime += (message as TimedMessage).engineTime;
        listener(message);
      });
    return { ...port, onMessage };
  };
  const instances = await openDatabase(databaseName, chooseStorage(timed));
  const store = createLocalStore(instances);
  const data = await openLocalData(store);
  const instance = instances.replicated.audit;
  const page = async ({ list, offset }: Question): Promise<number> => {
    const count = offset > 0 ? { count: (await store.kindCounts('audit'))[kind] ?? 0 } : {};
    return (await store.lists.page({ list, offset, limit: pageSize, ...count })).documents.length;
  };
  const newest = { kind, conditions: [], words: [], order: [] };
  return {
    instance,
    engineTime: () => {
      const time = engineTime;
      engineTime = 0;
      return time;
    },
    ask: async (question) => {
      const rows = question.wants === 'count' ? 0 : await page(question);
      return question.wants === 'page' ? rows : store.lists.count(question.list);
    },
    askMango: (question) => askMango(instance, question),
    writeAndRead: async (index) => {
      const record = newestEntry(index);
      await data.update('audit', [], () => [{ document: { record, pending: null } }]);
      const { documents } = await store.lists.page({ list: newest, offset: 0, limit: pageSize });
      if (documents[0]?.record.id !== record.id) throw new Error('the new entry is not the first one');
    },
    observe: async () => {
      const reads = createRecordReads(
        data,
        () => undefined,
        (milliseconds, work) => {
          const timer = setTimeout(work, milliseconds);
          return () => clearTimeout(timer);
        },
      );
      let first: string | undefined;
      let shown: () => void = () => undefined;
      const opened = new Promise<void>((resolve) => {
        shown = resolve;
      });
      reads
        .observePages({ kind }, (list) => {
          first = list.rowAt(0)?.record.id;
          if (list.state === 'ready') shown();
        })
        .show(0, 40);
      await opened;
      return async (index) => {
        const record = newestEntry(index);
        const told = new Promise<void>((resolve) => {
          shown = () => first === record.id && resolve();
        });
        await data.update('audit', [], () => [{ document: { record, pending: unsent } }]);
        await told;
      };
    },
  };
}

const unsent: PendingEdit = {
  base: null,
  edit: 'measured',
  editedAt: '',
  reason: '',
  steps: [],
  sent: null,
  sentEdit: '',
  sentSteps: 0,
};

/** The same documents in a free storage of RxDB, with indexes that a list of the log could use. */
const indexedSchema: RxJsonSchema<StoredDocument> = {
  ...replicaSchema,
  version: 0,
  required: ['id', 'kind', 'pending', 'tenantId', 'updatedAt'],
  indexes: ['updatedAt', ['tenantId', 'updatedAt']],
};

async function openPlain(
  storage: ReturnType<typeof getRxStorageDexie | typeof getRxStorageMemory>,
): Promise<OpenStorage> {
  const database = await createRxDatabase<{ audit: RxCollection<StoredDocument> }>({
    name: databaseName,
    storage,
    multiInstance: false,
    eventReduce: true,
  });
  await database.addCollections({ audit: { schema: indexedSchema } });
  const { audit } = database;
  const instance = audit.storageInstance;
  const newest: MangoQuery<StoredDocument> = {
    selector: {},
    sort: [{ updatedAt: 'desc' }, { id: 'desc' }],
    limit: pageSize,
  };
  const write = async (index: number): Promise<string> => {
    const row = rowOf(newestEntry(index));
    const { error } = await instance.bulkWrite([row], 'bench');
    if (error.length > 0) throw new Error(`the entry was not written: ${error[0]?.status}`);
    return row.document.id;
  };
  return {
    instance,
    ask: (question) => askMango(instance, question),
    writeAndRead: async (index) => {
      const id = await write(index);
      const [first] = (await instance.query(prepared(instance, newest))).documents;
      if (first?.id !== id) throw new Error('the new entry is not the first one');
    },
    observe: async () => {
      const live = audit.find(newest).$;
      live.subscribe();
      await firstValueFrom(live);
      return async (index) => {
        const { id } = newestEntry(index);
        const told = firstValueFrom(live.pipe(filter((documents) => documents[0]?.primary === id)));
        await write(index);
        await told;
      };
    },
  };
}

async function askMango(instance: Instance, { wants, mango }: Question): Promise<number> {
  const query = prepared(instance, mango);
  const rows = wants === 'count' ? 0 : (await instance.query(query)).documents.length;
  const { limit: _limit, skip: _skip, ...whole } = mango;
  return wants === 'page' ? rows : (await instance.count(prepared(instance, whole))).count;
}

function prepared(instance: Instance, query: MangoQuery<StoredDocument>) {
  const living = { ...query, selector: { ...query.selector, _deleted: false } };
  const normalized = normalizeMangoQuery<RxDocumentData<StoredDocument>>(instance.schema, living);
  return prepareQuery<RxDocumentData<StoredDocument>>(instance.schema, normalized);
}
