import type { RxCollection, RxDatabase, RxJsonSchema } from 'rxdb';
import { createRxDatabase } from 'rxdb';
import type { Json } from '#shared/kernel/json.ts';
import { replicatedCollections } from '#shared/records/collections.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { replicaSchema } from './localDocument.ts';
import type { StoredDocument } from './localDocument.ts';
import type { EngineClient } from './sqlite/engineClient.ts';
import type { SqliteStorage } from './sqlite/getRxStorageSqlite.ts';

/** Things of this console alone: inbox entries and small facts such as checkpoints. */
export interface PrivateDocument {
  id: string;
  type: 'inbox' | 'fact';
  value: Json;
}

export const privateSchema: RxJsonSchema<PrivateDocument> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { type: 'string', maxLength: 160 }, type: { type: 'string', maxLength: 10 }, value: {} },
  required: ['id', 'type'],
  indexes: ['type'],
};

type InstanceOf<Document> = RxCollection<Document>['storageInstance'];

/** The open storage of one replica. */
export interface StorageInstances {
  replicated: Readonly<Record<ReplicatedCollection, InstanceOf<StoredDocument>>>;
  inbox: InstanceOf<PrivateDocument>;
  /** For what RxDB has no word for: lists by key, counts, fingerprints. */
  engine: EngineClient;
  close: () => Promise<void>;
  /** Closes and removes everything from the disk. */
  remove: () => Promise<void>;
}

type ReplicaCollections = Record<ReplicatedCollection, RxCollection<StoredDocument>> & {
  inbox: RxCollection<PrivateDocument>;
};

/** Opens, or makes, the database of this name: eleven replicated collections and the inbox, of the thirteen RxDB allows. */
export async function openDatabase(name: string, storage: SqliteStorage): Promise<StorageInstances> {
  const database: RxDatabase<ReplicaCollections> = await createRxDatabase<ReplicaCollections>({
    name,
    storage,
    multiInstance: false,
    eventReduce: false,
    closeDuplicates: true,
  });
  // The engine migrates its tables itself, all rows in one transaction, when they are opened.
  await database.addCollections({
    ...Object.fromEntries(replicatedCollections.map((one) => [one, { schema: replicaSchema, autoMigrate: false }])),
    inbox: { schema: privateSchema },
  });
  const engine = await storage.clientOf(name);
  return {
    engine,
    replicated: Object.fromEntries(
      replicatedCollections.map((one) => [one, database[one].storageInstance]),
    ) as StorageInstances['replicated'],
    inbox: database.inbox.storageInstance,
    close: async () => void (await database.close()),
    remove: async () => {
      await database.close();
      await storage.removeDatabase(name);
    },
  };
}
