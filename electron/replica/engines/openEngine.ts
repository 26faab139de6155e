import type { Engine } from './engine.ts';
import { findLibsql } from './libsql.ts';
import { findNodeSqlite } from './nodeSqlite.ts';

/** Kilobytes of pages kept in memory. */
const cacheSize = 64_000;

/** Opens the file with the first engine this runtime has, ready for use. Throws EngineFailure, also for a damaged file. */
export function openEngine(file: string, prefer?: 'libsql'): Engine {
  const candidates = prefer === 'libsql' ? [findLibsql, findNodeSqlite] : [findNodeSqlite, findLibsql];
  for (const find of candidates) {
    const open = find();
    if (open) return prepareEngine(open(file));
  }
  throw new Error('this runtime has neither node:sqlite nor libsql; install the console again');
}

function prepareEngine(engine: Engine): Engine {
  try {
    // Of a new file: a record and its columns take two kilobytes, of which smaller pages hold only one or two.
    engine.exec('PRAGMA page_size = 8192');
    engine.exec('PRAGMA journal_mode = WAL');
    engine.exec('PRAGMA synchronous = FULL');
    engine.exec(`PRAGMA cache_size = -${cacheSize}`);
    engine.exec('PRAGMA temp_store = MEMORY');
    // What a privacy request took out of the records must not stay in the file.
    engine.exec('PRAGMA secure_delete = ON');
    // Pages: 32 megabytes.
    engine.exec('PRAGMA wal_autocheckpoint = 4000');
    engine.exec('PRAGMA busy_timeout = 5000');
    // A file that is none shows only when something is read.
    engine.prepare('SELECT count(*) FROM sqlite_schema').all([]);
    return engine;
  } catch (error) {
    engine.close();
    throw error;
  }
}
