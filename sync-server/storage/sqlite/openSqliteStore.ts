import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '#shared/kernel/sources.ts';
import { StoreFailure } from '../store.ts';
import type { StoreReader, SyncStore } from '../store.ts';
import { migrate } from './migrations.ts';
import { scrubFile } from './scrubFile.ts';
import { createSqliteReader } from './sqliteReader.ts';
import { createSqliteTransaction } from './sqliteTransaction.ts';

/**
 * Opens the store in a directory, or in memory for `:memory:`. Reads of a file use their own connection, so they see
 * committed state only; in memory they wait for the running transaction. Several processes may work on one directory when
 * all of them open it with `exclusive: false`; a transaction then waits up to five seconds for those of the others.
 * @throws Error when another server holds the directory or the file is from a newer server.
 */
export function openSqliteStore(
  directory: string,
  clock: Clock,
  { exclusive = true }: { exclusive?: boolean } = {},
): SyncStore {
  const inMemory = directory === ':memory:';
  if (!inMemory) mkdirSync(directory, { recursive: true });
  const lock = inMemory ? undefined : lockDirectory(directory, exclusive);
  const file = inMemory ? ':memory:' : join(directory, 'steward.sqlite');
  const database = new DatabaseSync(file);
  database.exec(
    'PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA secure_delete = ON',
  );
  // Of 4 KiB each. Pages that change again and again, as those of indexes do, go to the file so much more seldom.
  database.exec('PRAGMA wal_autocheckpoint = 4000');
  migrate(database);
  const readDatabase = inMemory ? database : new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  const transaction = createSqliteTransaction(database, clock);
  /** Whether a commit waits for the disk. */
  let syncs = true;
  let tail: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const mine = tail.then(work);
    tail = mine.catch(() => undefined);
    return mine;
  };
  const reader = createSqliteReader(readDatabase, clock);
  return {
    ...(inMemory ? waitingReader(reader, inTurn) : reader),
    transaction: (work, { durable = true } = {}) =>
      inTurn(async () => {
        storeCall(() => {
          if (durable !== syncs) database.exec(`PRAGMA synchronous = ${durable ? 'FULL' : 'NORMAL'}`);
          syncs = durable;
          database.exec('BEGIN IMMEDIATE');
        });
        try {
          const value = await work(transaction);
          storeCall(() => database.exec('COMMIT'));
          return value;
        } catch (error) {
          if (database.isTransaction) database.exec('ROLLBACK');
          throw isSqliteError(error) ? new StoreFailure('the store could not write', error) : error;
        }
      }),
    scrub: () =>
      inTurn(async () => {
        if (inMemory) return storeCall(() => database.exec('VACUUM'));
        return scrubFile(file).catch((error: unknown) => {
          throw new StoreFailure('the store could not be written anew', error);
        });
      }),
    close: () =>
      inTurn(async () => {
        if (!inMemory) readDatabase.close();
        database.close();
        lock?.close();
      }),
  };
}

/** A lock, alone or with others that share, that the system releases when the process ends, however it ends. */
function lockDirectory(directory: string, exclusive: boolean): DatabaseSync {
  const lock = new DatabaseSync(join(directory, 'steward.lock'));
  try {
    lock.exec(exclusive ? 'BEGIN EXCLUSIVE' : 'BEGIN; SELECT COUNT(*) FROM sqlite_master');
  } catch (error) {
    lock.close();
    throw new Error(
      `another sync server uses the data directory ${directory}. Stop it, or choose another with --data.`,
      { cause: error },
    );
  }
  return lock;
}

function storeCall(work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new StoreFailure('the store could not write', error);
  }
}

function isSqliteError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR';
}

function waitingReader(
  reader: StoreReader,
  inTurn: <Value>(work: () => Promise<Value>) => Promise<Value>,
): StoreReader {
  return {
    getRecords: (ids) => inTurn(() => reader.getRecords(ids)),
    recordsOfKind: (kind) => inTurn(() => reader.recordsOfKind(kind)),
    changesSince: (...query) => inTurn(() => reader.changesSince(...query)),
    recordsBefore: (query) => inTurn(() => reader.recordsBefore(query)),
    headsSince: (...query) => inTurn(() => reader.headsSince(...query)),
    countSince: (...query) => inTurn(() => reader.countSince(...query)),
    latestSequence: () => inTurn(() => reader.latestSequence()),
    collectionSequence: (collection) => inTurn(() => reader.collectionSequence(collection)),
    compactionFloor: (collection) => inTurn(() => reader.compactionFloor(collection)),
    uniqueOwners: (keys) => inTurn(() => reader.uniqueOwners(keys)),
    chainHeads: (tenantIds) => inTurn(() => reader.chainHeads(tenantIds)),
    allChainHeads: (...query) => inTurn(() => reader.allChainHeads(...query)),
    chainEntries: (...query) => inTurn(() => reader.chainEntries(...query)),
    getMeta: (key) => inTurn(() => reader.getMeta(key)),
    getCredential: (staffId) => inTurn(() => reader.getCredential(staffId)),
    getSession: (id) => inTurn(() => reader.getSession(id)),
    livingSessions: (query) => inTurn(() => reader.livingSessions(query)),
    getRefreshToken: (hash) => inTurn(() => reader.getRefreshToken(hash)),
    countJobs: () => inTurn(() => reader.countJobs()),
    jobStats: (now) => inTurn(() => reader.jobStats(now)),
    getJobs: (ids) => inTurn(() => reader.getJobs(ids)),
    deadJobs: (limit) => inTurn(() => reader.deadJobs(limit)),
    nextJobAt: (now) => inTurn(() => reader.nextJobAt(now)),
    getEntries: (area, keys) => inTurn(() => reader.getEntries(area, keys)),
    entriesOf: (area, query) => inTurn(() => reader.entriesOf(area, query)),
    allEntries: (...query) => inTurn(() => reader.allEntries(...query)),
    allJobs: (...query) => inTurn(() => reader.allJobs(...query)),
    allSessions: (...query) => inTurn(() => reader.allSessions(...query)),
  };
}
