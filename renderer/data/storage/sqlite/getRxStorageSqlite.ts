import { RXDB_VERSION, ensureRxStorageInstanceParamsAreCorrect } from 'rxdb';
import type { RxStorage, RxStorageInstance, RxStorageInstanceCreationParams } from 'rxdb';
import type { ListSpec } from '#shared/replica/listColumns.ts';
import { connectEngine } from './engineClient.ts';
import type { EngineClient, EnginePort } from './engineClient.ts';
import { SqliteInstance } from './sqliteInstance.ts';
import { tableSpecOf } from './tableSpecOf.ts';

export interface SqliteStorageOptions {
  /** A new port to a running engine; waits until there is one. */
  connect: () => Promise<EnginePort>;
  /** Kinds to list, by collection. */
  lists: Readonly<Record<string, readonly ListSpec[]>>;
}

export interface SqliteStorage extends RxStorage<unknown, unknown> {
  /** The connection of a database, opened on first use and closed with its last instance. */
  clientOf: (databaseName: string) => Promise<EngineClient>;
  /** Removes a database that nobody has open from the disk. */
  removeDatabase: (databaseName: string) => Promise<void>;
}

/** RxDB storage in a SQLite file that another process holds; one connection per database and window. */
export function getRxStorageSqlite({ connect, lists }: SqliteStorageOptions): SqliteStorage {
  const clients = new Map<string, { client: Promise<EngineClient>; users: number }>();
  const clientOf = (databaseName: string) => {
    const known = clients.get(databaseName);
    if (known) return known;
    const made = { client: connectEngine({ database: databaseName, connect }), users: 0 };
    clients.set(databaseName, made);
    made.client.catch(() => clients.delete(databaseName));
    return made;
  };
  const release = async (databaseName: string): Promise<void> => {
    const known = clients.get(databaseName);
    if (!known) return;
    known.users -= 1;
    if (known.users > 0) return;
    clients.delete(databaseName);
    await (await known.client).close();
  };
  return {
    name: 'sqlite',
    rxdbVersion: RXDB_VERSION,
    clientOf: (databaseName) => clientOf(databaseName).client,
    removeDatabase: async (databaseName) => {
      const client = await connectEngine({ database: databaseName, connect });
      await client.call('removeDatabase', {});
      await client.close();
    },
    createStorageInstance: async <Type>(params: RxStorageInstanceCreationParams<Type, unknown>) => {
      ensureRxStorageInstanceParamsAreCorrect(params);
      const { databaseName, collectionName, schema } = params;
      const entry = clientOf(databaseName);
      entry.users += 1;
      try {
        const client = await entry.client;
        const spec = tableSpecOf(collectionName, schema, lists[collectionName] ?? []);
        await client.openTable(spec);
        const instance = new SqliteInstance<Type>(params as never, client, spec, () => release(databaseName));
        return instance as unknown as RxStorageInstance<Type, unknown, unknown>;
      } catch (error) {
        await release(databaseName).catch(() => undefined); // The first failure is the one to tell.
        throw error;
      }
    },
  };
}
