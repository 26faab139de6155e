import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { HostOptions } from '#electron/replica/host.ts';
import { getRxStorageSqlite } from '#renderer/data/storage/sqlite/getRxStorageSqlite.ts';
import type { SqliteStorage } from '#renderer/data/storage/sqlite/getRxStorageSqlite.ts';
import { startEngine } from './engineInProcess.ts';
import { lists } from './storageLists.ts';
import type { EngineInProcess } from './engineInProcess.ts';

export type EngineName = 'node' | 'libsql';
export const engineNames: readonly EngineName[] = ['node', 'libsql'];

/** A folder that is gone when the tests of the file are done. */
export function temporaryFolder(label: string): string {
  const folder = mkdtempSync(join(tmpdir(), `steward-${label}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface EngineWindow {
  engine: EngineInProcess;
  storage: SqliteStorage;
}

/** An engine in this process and the storage of one window connected to it. */
export function openWindow(name: EngineName, options: Partial<HostOptions> & { folder: string }): EngineWindow {
  const engine = startEngine(name, options);
  return { engine, storage: getRxStorageSqlite({ connect: engine.connect, lists }) };
}
