import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { EngineAnswers, EngineArguments, TableSpec } from '#shared/replica/engineCalls.ts';
import type { Engine } from './engines/engine.ts';
import { createListReads } from './listReads.ts';
import type { ListReads } from './listReads.ts';
import { openTable } from './openTable.ts';
import type { DocumentMigration } from './openTable.ts';
import { quoted } from './sqlText.ts';
import { createStatements } from './statements.ts';
import type { Statements } from './statements.ts';
import { createTableReads } from './tableReads.ts';
import type { TableReads } from './tableReads.ts';
import { createTableWriter } from './tableWriter.ts';
import type { TableWriter } from './tableWriter.ts';
import { inTransaction } from './transaction.ts';

export interface OpenTable {
  spec: TableSpec;
  writer: TableWriter;
  reads: TableReads;
  lists: ListReads;
}

/** One replica file, open. */
export interface ReplicaDatabase {
  engine: Engine;
  sqlite: string;
  /** Opens a table, or answers the one that is open. Throws when the caller wants it in another form. */
  openTable: (spec: TableSpec) => { table: OpenTable; migrated: number };
  table: (name: string) => OpenTable;
  /** Of the tables that are open. */
  specs: () => TableSpec[];
  dropTable: (name: string) => void;
  cleanup: (request: EngineArguments<'cleanup'>) => EngineAnswers['cleanup'];
  kindCounts: (table: string) => Record<string, number>;
  size: () => EngineAnswers['size'];
  compact: () => EngineAnswers['compact'];
  check: () => string[];
  /** Moves what the log holds into the file and empties the log, if nobody is in the way. */
  settle: () => void;
  close: () => void;
}

export const databaseFiles = ['', '-wal', '-shm'] as const;

export function openDatabase(file: string, engine: Engine, migrate: DocumentMigration): ReplicaDatabase {
  const statements: Statements = createStatements(engine);
  const tables = new Map<string, OpenTable>();
  const table = (name: string): OpenTable => {
    const found = tables.get(name);
    if (!found) throw new Error(`the table '${name}' is not open`);
    return found;
  };
  const value = (sql: string) => engine.prepare(sql).all([])[0]?.[0];
  return {
    engine,
    sqlite: String(value('SELECT sqlite_version()')),
    openTable: (spec) => {
      const open = tables.get(spec.table);
      if (open) {
        if (JSON.stringify(open.spec) !== JSON.stringify(spec))
          throw new Error(`'${spec.table}' is open in another form; close the other window and start again`);
        return { table: open, migrated: 0 };
      }
      const migrated = openTable(engine, spec, migrate);
      const made: OpenTable = {
        spec,
        writer: createTableWriter(engine, spec),
        reads: createTableReads(statements, spec),
        lists: createListReads(engine, statements, spec),
      };
      tables.set(spec.table, made);
      return { table: made, migrated };
    },
    table,
    specs: () => [...tables.values()].map(({ spec }) => spec),
    dropTable: (name) => {
      tables.delete(name);
      statements.clear();
      inTransaction(engine, () => {
        engine.exec(`DROP TABLE IF EXISTS ${quoted(name)}`);
        engine.prepare('DELETE FROM steward_tables WHERE name = ?').run([name]);
        engine.prepare('DELETE FROM steward_counts WHERE name = ?').run([name]);
      });
    },
    cleanup: ({ table: name, deletedFor, now }) => {
      table(name);
      const removed = engine
        .prepare(
          `DELETE FROM ${quoted(name)} WHERE rowid IN (SELECT rowid FROM ${quoted(name)} WHERE deleted = 1 AND lwt < ? LIMIT 1000) RETURNING id`,
        )
        .all([now - deletedFor]);
      return { removed: removed.length };
    },
    kindCounts: (name) =>
      Object.fromEntries(
        engine
          .prepare('SELECT kind, count FROM steward_counts WHERE name = ?')
          .all([name])
          .map(([kind, count]) => [String(kind), Number(count)]),
      ),
    size: () => ({
      engine: engine.name,
      bytes: databaseFiles.reduce((sum, suffix) => sum + sizeOf(`${file}${suffix}`), 0),
      free: Number(value('PRAGMA freelist_count')) * Number(value('PRAGMA page_size')),
      tables: [...tables.values()].map(({ reads }) => reads.size()),
    }),
    compact: () => {
      const before = sizeOf(file);
      statements.clear();
      engine.exec('VACUUM');
      engine.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return { before, after: sizeOf(file) };
    },
    check: () =>
      engine
        .prepare('PRAGMA integrity_check(20)')
        .all([])
        .map(([line]) => String(line))
        .filter((line) => line !== 'ok'),
    settle: () => void engine.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all([]),
    close: () => {
      statements.clear();
      tables.clear();
      engine.close();
    },
  };
}

/** Removes the file and what SQLite keeps beside it. */
export function removeFiles(file: string): void {
  for (const suffix of databaseFiles) rmSync(`${file}${suffix}`, { force: true });
}

/** Removes a replica from the disk, files that were set aside included: nothing of the person stays. */
export function removeReplica(file: string): void {
  const folder = dirname(file);
  for (const name of readdirSync(folder))
    if (name.startsWith(basename(file))) rmSync(join(folder, name), { force: true });
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
