import { createRequire } from 'node:module';
import { join } from 'node:path';
import type LibsqlDatabase from 'libsql';
import { engineFailure } from './engine.ts';
import type { Engine, SqlRow } from './engine.ts';

/** SQLite as an N-API module, for a runtime that has none of its own. Undefined where it is not installed. */
export function findLibsql(): ((file: string) => Engine) | undefined {
  const Database = loadLibsql();
  if (!Database) return undefined;
  return (file) => {
    const guard = <Value>(work: () => Value): Value => {
      try {
        return work();
      } catch (error) {
        throw engineFailure(error, (error as { rawCode?: number }).rawCode);
      }
    };
    const database = guard(() => new Database(file));
    return {
      name: 'libsql',
      exec: (sql) => guard(() => void database.exec(sql)),
      prepare: (sql) => {
        const statement = guard(() => database.prepare(sql));
        if (statement.reader) statement.raw(true);
        return {
          run: (values) => guard(() => void statement.run(...values)),
          all: (values) => guard(() => statement.all(...values) as SqlRow[]),
        };
      },
      close: () => {
        // Statements keep the file open until they are collected. Whoever closes a log late removes it by name, which by
        // then may be that of another file; so there must be none any more.
        try {
          database.exec('PRAGMA busy_timeout = 0');
          database.exec('PRAGMA journal_mode = DELETE');
        } catch {
          // Somebody else has the file open, and closes it later; or it is damaged.
        }
        guard(() => void database.close());
      },
    };
  };
}

/** From node_modules, or from beside the packaged app, where it travels when the runtime needs it. */
function loadLibsql(): typeof LibsqlDatabase | undefined {
  const { resourcesPath } = process as { resourcesPath?: string };
  const places = [import.meta.url, ...(resourcesPath ? [join(resourcesPath, 'engine/index.js')] : [])];
  for (const place of places) {
    try {
      return createRequire(place)('libsql') as typeof LibsqlDatabase;
    } catch {
      // Tried in the next place.
    }
  }
  return undefined;
}
