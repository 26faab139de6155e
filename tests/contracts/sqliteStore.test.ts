import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from 'vitest';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { makeTicket } from '#tests/support/sampleResource.ts';
import { startOfTime, storeContract } from './storeContract.ts';
import type { OpenedStore } from './storeContract.ts';
import { storeWindowContract } from './storeWindowContract.ts';

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

for (const contract of [storeContract, storeWindowContract]) {
  contract('SQLite in memory', () => openIn(':memory:'));
  contract('SQLite in a file', () => openIn(join(folder, String((made += 1)))));
}

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

it('a file of the first schema learns when its records were updated', async () => {
  const directory = join(folder, 'first-schema');
  const { store } = await openIn(directory);
  const at = { before: '2026-02-28T23:59:59.9999Z', whole: '2026-03-01T00:00:00Z', fine: '2026-03-01T00:00:00.0009Z' };
  await store.transaction((transaction) =>
    transaction.putRecords(
      Object.entries(at).map(([id, updatedAt]) => ({ collection: 'runs', record: makeTicket({ id, updatedAt }) })),
    ),
  );
  await store.close();
  const file = new DatabaseSync(join(directory, 'steward.sqlite'));
  file.exec('DROP INDEX records_by_window; ALTER TABLE records DROP COLUMN updated_at; PRAGMA user_version = 1');
  file.close();
  const lifted = await openIn(directory);
  const heads = (since: number) => lifted.store.headsSince('runs', 0, 10, since);
  expect((await heads(startOfTime)).map((head) => head.id)).toEqual(['whole', 'fine']);
  expect(await heads(startOfTime - 1)).toHaveLength(3);
  expect(await heads(startOfTime + 1)).toEqual([]);
  await lifted.store.close();
});
