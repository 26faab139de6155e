import { listSpecOf } from '#shared/replica/listColumns.ts';
import type { ListSpec } from '#shared/replica/listColumns.ts';
import { resources } from '#shared/resources/registry.ts';
import type { EnginePort } from './sqlite/engineClient.ts';
import { getRxStorageSqlite } from './sqlite/getRxStorageSqlite.ts';
import type { SqliteStorage } from './sqlite/getRxStorageSqlite.ts';

/** The one place that decides what holds the replica. Nothing else names a storage. */
export function chooseStorage(connect: () => Promise<EnginePort>): SqliteStorage {
  return getRxStorageSqlite({ connect, lists: listsByCollection() });
}

/** Columns and indexes of every kind, by the collection that holds it. */
export function listsByCollection(): Record<string, ListSpec[]> {
  const lists: Record<string, ListSpec[]> = {};
  for (const resource of resources) (lists[resource.collection] ??= []).push(listSpecOf(resource));
  return lists;
}
