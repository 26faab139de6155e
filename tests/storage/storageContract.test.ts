import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import type { RxStorage } from 'rxdb';
import { expect, it } from 'vitest';
import { openEngine } from '#electron/replica/engines/openEngine.ts';
import { engineNames, openWindow } from '#tests/support/storageEngines.ts';
import { openSample } from '#tests/support/storageSample.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';
import { storageContract } from './storageContract.ts';

let opened = 0;
const memory = getRxStorageMemory() as unknown as RxStorage<unknown, unknown>;
storageContract('RxDB in memory', () => openSample(memory, `memory-${(opened += 1)}`));

for (const name of engineNames) {
  const { storage } = openWindow(name, { folder: temporaryFolder('contract') });
  storageContract(`SQLite by ${name}`, () => openSample(storage, `contract-${(opened += 1)}`));
}

it('both engines are there, so that neither is tested in the name of the other', () => {
  const names = [openEngine(':memory:'), openEngine(':memory:', 'libsql')].map((engine) => {
    engine.close();
    return engine.name;
  });
  expect(names).toEqual(['node:sqlite', 'libsql']);
});
