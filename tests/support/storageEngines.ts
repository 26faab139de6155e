import type { HostOptions } from '#electron/replica/host.ts';
import { getRxStorageSqlite } from '#renderer/data/storage/sqlite/getRxStorageSqlite.ts';
import type { SqliteStorage } from '#renderer/data/storage/sqlite/getRxStorageSqlite.ts';
import { startEngine } from './engineInProcess.ts';
import { lists } from './storageLists.ts';
import type { EngineInProcess } from './engineInProcess.ts';

export type EngineName = 'node' | 'libsql';
export const engineNames: readonly EngineName[] = ['node', 'libsql'];

export interface EngineWindow {
  engine: EngineInProcess;
  storage: SqliteStorage;
}

/** An engine in this process and the storage of one window connected to it. */
export function openWindow(name: EngineName, options: Partial<HostOptions> & { folder: string }): EngineWindow {
  const engine = startEngine(name, options);
  return { engine, storage: getRxStorageSqlite({ connect: engine.connect, lists }) };
}
