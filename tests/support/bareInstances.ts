import { fillWithDefaultSettings, getWrappedStorageInstance } from 'rxdb';
import type { RxDatabase, RxJsonSchema, RxStorageInstance } from 'rxdb';
import { replicatedCollections } from '#shared/records/collections.ts';
import { replicaSchema } from '#renderer/data/storage/localDocument.ts';
import { privateSchema } from '#renderer/data/storage/openDatabase.ts';
import type { SqliteStorage } from '#renderer/data/storage/sqlite/getRxStorageSqlite.ts';
import type { StorageInstances } from '#renderer/data/storage/openDatabase.ts';

/**
 * The same RxDB storage without RxDB's database above it, because RxDB allows thirteen collections in one process and a
 * test runs several replicas.
 */
export async function openBareInstances(name: string, storage: SqliteStorage): Promise<StorageInstances> {
  const opened: RxStorageInstance<unknown, unknown, unknown>[] = [];
  const token = `token-${name}`;
  const database = {
    token,
    lockedRun: <Value>(work: () => Value) => work(),
    hashFunction: async (text: string) => text,
    storageInstances: new Set(),
  };
  const open = async <Document>(collectionName: string, schema: RxJsonSchema<Document>) => {
    const filled = fillWithDefaultSettings(schema) as never;
    const instance = await storage.createStorageInstance<Document>({
      databaseInstanceToken: token,
      databaseName: name,
      collectionName,
      schema: filled,
      options: {},
      multiInstance: false,
      devMode: false,
    });
    opened.push(instance as RxStorageInstance<unknown, unknown, unknown>);
    return getWrappedStorageInstance(database as unknown as RxDatabase, instance, filled);
  };
  const replicated: Record<string, unknown> = {};
  for (const collection of replicatedCollections) replicated[collection] = await open(collection, replicaSchema);
  const inbox = await open('inbox', privateSchema);
  return {
    engine: await storage.clientOf(name),
    replicated: replicated as StorageInstances['replicated'],
    inbox: inbox as StorageInstances['inbox'],
    close: async () => {
      for (const instance of opened) await instance.close();
    },
    remove: async () => {
      for (const instance of opened) await instance.close();
      await storage.removeDatabase(name);
    },
  };
}
