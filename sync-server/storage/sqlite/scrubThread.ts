import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';

/** Milliseconds to wait for another process's transaction, and for readers before the log is emptied. */
const patience = 30_000;

// Ends when it is done, and with an error when it could not do all of it.
const database = new DatabaseSync(String(workerData), { timeout: patience });
try {
  database.exec('PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536');
  database.exec('VACUUM');
  const told = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
  if (told?.['busy'] !== 0) throw new Error('the log of the store is in use and cannot be emptied');
} finally {
  database.close();
}
