import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { HostOptions } from '#electron/replica/host.ts';
import { getRxStorageSqlite } from '#renderer/data/storage/sqlite/getRxStorageSqlite.ts';
import type { SqliteStorage } from '#renderer/data/storage/sqlite/getRxStorageSqlite.ts';
import { listSpecOf } from '#shared/replica/listColumns.ts';
import type { ListSpec } from '#shared/replica/listColumns.ts';
import { resources } from '#shared/resources/registry.ts';
import { startEngine } from './engineInProcess.ts';
import type { EngineInProcess } from './engineInProcess.ts';

export type EngineName = 'node' | 'libsql';
export const engineNames: readonly EngineName[] = ['node', 'libsql'];

/** A folder that is gone when the tests of the file are done. */
export function temporaryFolder(label: string): string {
  const folder = mkdtempSync(join(tmpdir(), `steward-${label}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Lists of every kind, by collection. */
export const lists: Record<string, ListSpec[]> = {};
for (const resource of resources) (lists[resource.collection] ??= []).push(listSpecOf(resource));

export interface EngineWindow {
  engine: EngineInProcess;
  storage: SqliteStorage;
}

/** An engine in this process and the storage of one window connected to it. */
export function openWindow(name: EngineName, options: Partial<HostOptions> & { folder: string }): EngineWindow {
  const engine = startEngine(name, options);
  return { engine, storage: getRxStorageSqlite({ connect: engine.connect, lists }) };
}
