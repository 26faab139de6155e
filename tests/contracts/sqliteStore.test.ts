import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { makeTicket } from '#tests/support/sampleResource.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';
import { startOfTime, storeContract } from './storeContract.ts';
import type { OpenedStore } from './storeContract.ts';
import { storeChainsContract } from './storeChainsContract.ts';
import { storeEntriesContract } from './storeEntriesContract.ts';
import { storeJobsContract } from './storeJobsContract.ts';
import { storeWholeContract } from './storeWholeContract.ts';
import { storeWindowContract } from './storeWindowContract.ts';

const folder = temporaryFolder('store');
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

for (const contract of [
  storeContract,
  storeWindowContract,
  storeJobsContract,
  storeEntriesContract,
  storeChainsContract,
  storeWholeContract,
]) {
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

/** Leaves a file as a server of the second schema wrote it. */
const withoutThirdSchema = `
  DROP INDEX records_by_chain; ALTER TABLE records DROP COLUMN chain_number; DROP INDEX sessions_living; DROP TABLE entries;
  DROP INDEX jobs_waiting; DROP INDEX jobs_due; DROP INDEX jobs_held; DROP INDEX jobs_dead; DROP INDEX jobs_by_type;
  ALTER TABLE jobs DROP COLUMN tenant_id; ALTER TABLE jobs DROP COLUMN priority; ALTER TABLE jobs DROP COLUMN lease_until;
  ALTER TABLE jobs DROP COLUMN lease_token; ALTER TABLE jobs DROP COLUMN created_at;
  CREATE INDEX jobs_due ON jobs (dead, due_at);
  PRAGMA user_version = 2`;

it.each([
  ['one tenant', 1],
  ['ten thousand tenants', 10_000],
])('claims as fast with 100,000 waiting jobs of %s, due or later', async (_whose, tenants) => {
  const directory = join(folder, `many-${tenants}`);
  const { store } = await openIn(directory);
  const jobs = (dueAt: number) =>
    Array.from({ length: 50_000 }, (_, index) => ({
      id: `job-${dueAt}-${index}`,
      type: 'x',
      payload: {},
      dueAt: dueAt + index,
      priority: index % 3,
      tenantId: `tenant-${index % tenants}`,
    }));
  await store.transaction((transaction) => transaction.enqueueJobs([...jobs(0), ...jobs(1_000_000)]));
  const taken: number[] = [];
  for (let round = 0; round < 40; round += 1) {
    const begun = performance.now();
    const claim = { now: 500_000, leaseUntil: 600_000, limit: 16, perTenant: 4, token: 'mine' };
    const found = await store.transaction((transaction) => transaction.claimJobs(claim));
    taken.push(performance.now() - begun);
    expect(found).toHaveLength(tenants === 1 ? 4 : 16);
    await store.transaction(async (transaction) => {
      for (const { id } of found) await transaction.finishJob(id);
    });
  }
  const median = taken.toSorted((left, right) => left - right)[20];
  // Reading them all takes several times as long; a claim takes about one millisecond.
  expect(median).toBeLessThan(20);
  await store.close();
});

it('a file of the second schema keeps its jobs', async () => {
  const directory = join(folder, 'second-schema');
  const { store } = await openIn(directory);
  await store.close();
  const file = new DatabaseSync(join(directory, 'steward.sqlite'));
  file.exec(withoutThirdSchema);
  file.exec(
    `INSERT INTO jobs VALUES ('a', 'x', '{"to":"ada"}', 10, 2, 0, 'no luck'), ('b', 'y', '{}', 10, 8, 1, 'over')`,
  );
  file.close();
  const lifted = await openIn(directory);
  const claim = { now: 10, leaseUntil: 20, limit: 9, perTenant: 9, token: 'mine' };
  expect(await lifted.store.transaction((transaction) => transaction.claimJobs(claim))).toEqual([
    { id: 'a', type: 'x', payload: { to: 'ada' }, tenantId: '', priority: 0, dueAt: 10, attempts: 3, token: 'mine' },
  ]);
  expect(await lifted.store.deadJobs(9)).toMatchObject([{ id: 'b', problem: 'over' }]);
  await lifted.store.close();
});

it('several processes may share a directory, beside no server that wants it alone', async () => {
  const directory = join(folder, 'shared');
  const shared = () => openSqliteStore(directory, () => startOfTime, { exclusive: false });
  const [first, second] = [shared(), shared()];
  await first.transaction((transaction) => transaction.putMeta('key', 'value'));
  expect(await second.getMeta('key')).toBe('value');
  await expect(openIn(directory)).rejects.toThrow(/another sync server uses the data directory/);
  await first.close();
  await second.close();
  const alone = await openIn(directory);
  expect(shared).toThrow(/another sync server uses the data directory/);
  await alone.store.close();
});

it('entries of a file that did not keep their numbers by themselves stay in their order', async () => {
  const directory = join(folder, 'sixth-schema');
  const { store } = await openIn(directory);
  const entry = (id: string, number: number) =>
    ({
      collection: 'audit',
      record: makeTicket({ id, kind: 'auditEntry', tenantId: 'acme', body: { number } }),
    }) as const;
  await store.transaction((transaction) =>
    transaction.putRecords([
      entry('a', 2),
      entry('b', 10),
      entry('c', 1),
      { collection: 'runs', record: makeTicket() },
    ]),
  );
  await store.close();
  const file = new DatabaseSync(join(directory, 'steward.sqlite'));
  file.exec(`
    DROP INDEX records_by_chain; ALTER TABLE records DROP COLUMN chain_number;
    CREATE INDEX records_by_chain ON records (tenant_id, json_extract(doc, '$.body.number'))
      WHERE kind = 'auditEntry' AND deleted = 0;
    CREATE UNIQUE INDEX records_by_sequence ON records (collection, seq);
    PRAGMA user_version = 6`);
  file.close();
  const lifted = await openIn(directory);
  const ids = async (from: number) => (await lifted.store.chainEntries('acme', from, 9)).map(({ id }) => id);
  expect(await ids(1)).toEqual(['c', 'a', 'b']);
  await lifted.store.transaction((transaction) => transaction.putRecords([entry('d', 11)]));
  expect(await ids(3)).toEqual(['b', 'd']);
  expect(await lifted.store.changesSince('runs', 0, 9)).toHaveLength(1);
  await lifted.store.close();
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
  file.exec(withoutThirdSchema);
  file.exec('DROP INDEX records_by_window; ALTER TABLE records DROP COLUMN updated_at; PRAGMA user_version = 1');
  file.close();
  const lifted = await openIn(directory);
  const heads = (since: number) => lifted.store.headsSince('runs', 0, 10, since);
  expect((await heads(startOfTime)).map((head) => head.id)).toEqual(['whole', 'fine']);
  expect(await heads(startOfTime - 1)).toHaveLength(3);
  expect(await heads(startOfTime + 1)).toEqual([]);
  await lifted.store.close();
});
