import { fillWithDefaultSettings } from 'rxdb';
import type { RxDocumentData, RxStorageInstance } from 'rxdb';
import { replicaSchema } from '#renderer/data/storage/localDocument.ts';
import type { StoredDocument } from '#renderer/data/storage/localDocument.ts';
import { privateSchema } from '#renderer/data/storage/openDatabase.ts';
import type { PrivateDocument } from '#renderer/data/storage/openDatabase.ts';
import type { SqliteStorage } from '#renderer/data/storage/sqlite/getRxStorageSqlite.ts';

export type RecordRow = RxDocumentData<StoredDocument>;
export type PrivateRow = RxDocumentData<PrivateDocument>;

const meta = { _deleted: false, _attachments: {}, _meta: { lwt: 1000 } };

/** A task as the replica holds it; `pending` 1 = an edit the server has not seen. */
export function recordRow(index: number, pending: 0 | 1, filler = ''): RecordRow {
  const id = `task-${String(index).padStart(6, '0')}`;
  const base = {
    id,
    kind: 'task',
    tenantId: `tenant-${index % 7}`,
    status: 'open',
    assignedTo: '',
    createdAt: '2026-01-01T00:00:00.000Z',
    createdBy: 'somebody',
    updatedAt: '2026-01-02T00:00:00.000Z',
    updatedBy: 'somebody',
    version: 1,
    body: { title: `Task ${index}`, description: filler },
  };
  const sent = { sent: null, sentEdit: '', sentSteps: 0 };
  const edit = { base, edit: `edit-${index}`, editedAt: base.updatedAt, reason: '', steps: [], ...sent };
  return {
    ...base,
    ...meta,
    body: { ...base.body, title: pending ? `Edited ${index}` : base.body.title },
    pending,
    deletedHere: false,
    edit: pending ? edit : null,
    _rev: `1-record${index}`,
  };
}

export function privateRow(id: string, value: PrivateDocument['value']): PrivateRow {
  return { id, type: id.startsWith('fact:') ? 'fact' : 'inbox', value, ...meta, _rev: `1-${id}` };
}

export interface RecordTables {
  runs: RxStorageInstance<StoredDocument, unknown, unknown>;
  inbox: RxStorageInstance<PrivateDocument, unknown, unknown>;
  close: () => Promise<void>;
}

/** A table of records and that of this console's own things, as the replica opens them. */
export async function openRecords(storage: SqliteStorage, databaseName: string): Promise<RecordTables> {
  const params = {
    databaseInstanceToken: databaseName,
    databaseName,
    options: {},
    multiInstance: false,
    devMode: false,
  };
  const runs = await storage.createStorageInstance<StoredDocument>({
    ...params,
    collectionName: 'runs',
    schema: fillWithDefaultSettings(replicaSchema),
  });
  const inbox = await storage.createStorageInstance<PrivateDocument>({
    ...params,
    collectionName: 'inbox',
    schema: fillWithDefaultSettings(privateSchema),
  });
  return {
    runs,
    inbox,
    close: async () => {
      await runs.close();
      await inbox.close();
    },
  };
}
