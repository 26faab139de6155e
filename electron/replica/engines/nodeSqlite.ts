import { createRequire } from 'node:module';
import type { DatabaseSync } from 'node:sqlite';
import { engineFailure } from './engine.ts';
import type { Engine, SqlRow } from './engine.ts';

/** The SQLite inside Node; in Electron since version 36. Undefined where this runtime has none. */
export function findNodeSqlite(): ((file: string) => Engine) | undefined {
  const require = createRequire(import.meta.url);
  let library: { DatabaseSync: new (file: string) => DatabaseSync };
  try {
    library = require('node:sqlite') as typeof library;
  } catch {
    return undefined;
  }
  return (file) => {
    const guard = <Value>(work: () => Value): Value => {
      try {
        return work();
      } catch (error) {
        throw engineFailure(error, (error as { errcode?: number }).errcode);
      }
    };
    const database = guard(() => new library.DatabaseSync(file));
    return {
      name: 'node:sqlite',
      exec: (sql) => guard(() => database.exec(sql)),
      prepare: (sql) => {
        const statement = guard(() => database.prepare(sql));
        statement.setReturnArrays(true);
        return {
          run: (values) => guard(() => void statement.run(...values)),
          all: (values) => guard(() => statement.all(...values) as unknown as SqlRow[]),
        };
      },
      close: () => guard(() => database.close()),
    };
  };
}
