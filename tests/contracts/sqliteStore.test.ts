import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { startOfTime, storeContract } from './storeContract.ts';
import type { OpenedStore } from './storeContract.ts';

const folder = mkdtempSync(join(tmpdir(), 'steward-store-'));
let made = 0;

async function openIn(directory: string): Promise<OpenedStore> {
  let now = startOfTime;
  return {
    store: openSqliteStore(directory, () => now),
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

storeContract('SQLite in memory', () => openIn(':memory:'));
storeContract('SQLite in a file', () => openIn(join(folder, String((made += 1)))));

it('a file holds what was committed when it is opened again, and only one server at a time', async () => {
  const directory = join(folder, 'again');
  const first = await openIn(directory);
  await first.store.transaction((transaction) => transaction.putMeta('key', 'value'));
  await expect(openIn(directory)).rejects.toThrow(/another sync server uses the data directory/);
  await first.store.close();
  const second = await openIn(directory);
  expect(await second.store.getMeta('key')).toBe('value');
  await second.store.close();
});
