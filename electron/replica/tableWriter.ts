import type { JsonObject } from '#shared/kernel/json.ts';
import type { TableSpec, WrittenChange } from '#shared/replica/engineCalls.ts';
import type { DerivedColumn } from './columns.ts';
import { derivedColumns } from './columns.ts';
import type { Engine, SqlRow, SqlValue, Statement } from './engines/engine.ts';
import { quoted } from './sqlText.ts';
import { inTransaction } from './transaction.ts';

/** Values a row takes in the flat list of a write. */
export const valuesPerRow = 6;

export interface WriteOutcome {
  /** Stored documents, as JSON, that have another revision than the write was made on. */
  conflicts: string[];
  /** Ids that were to be updated and did not exist; they were inserted. */
  missing: string[];
  written: number;
  /** Of the last write to the table. */
  sequence: number;
  /** Only when asked for. */
  changes: WrittenChange[];
}

export interface TableWriter {
  /** Writes every row that does not conflict, in one transaction. */
  write: (rows: readonly SqlValue[], withChanges: boolean) => WriteOutcome;
}

/**
 * What is kept beside the documents: form and last sequence of each table, records per kind, and rows saved from a damaged
 * file that wait for their table to be opened.
 */
export const bookkeeping = [
  'CREATE TABLE IF NOT EXISTS steward_tables (name TEXT PRIMARY KEY, version INTEGER NOT NULL, layout TEXT NOT NULL, sequence INTEGER NOT NULL)',
  'CREATE TABLE IF NOT EXISTS steward_counts (name TEXT NOT NULL, kind TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (name, kind)) WITHOUT ROWID',
  'CREATE TABLE IF NOT EXISTS steward_rescued (name TEXT NOT NULL, id TEXT NOT NULL, rev TEXT NOT NULL, lwt REAL NOT NULL, data TEXT NOT NULL, version INTEGER NOT NULL)',
];

/** Builds the statements that insert a document and that replace one. Both bind the columns of `rowValues`, the id last. */
export function writeStatements(engine: Engine, table: string, columns: readonly DerivedColumn[]) {
  const names = ['rev', 'deleted', 'lwt', 'seq', 'data', ...columns.map(({ sql }) => sql)];
  const marks = names.map(() => '?').join(', ');
  return {
    insert: engine.prepare(`INSERT INTO ${quoted(table)} (${names.join(', ')}, id) VALUES (${marks}, ?)`),
    update: engine.prepare(`UPDATE ${quoted(table)} SET (${names.join(', ')}) = (${marks}) WHERE id = ?`),
  };
}

export function createTableWriter(engine: Engine, spec: TableSpec): TableWriter {
  const columns = derivedColumns(spec);
  const { table } = spec;
  const counted = spec.lists.length > 0;
  const current = engine.prepare(
    `SELECT id, rev${counted ? ', listed' : ''} FROM ${quoted(table)} WHERE id IN (SELECT value FROM json_each(?))`,
  );
  const stored = engine.prepare(`SELECT data FROM ${quoted(table)} WHERE id = ?`);
  const lastSequence = engine.prepare('SELECT sequence FROM steward_tables WHERE name = ?');
  const keepSequence = engine.prepare('UPDATE steward_tables SET sequence = ? WHERE name = ?');
  const count = engine.prepare(
    'INSERT INTO steward_counts VALUES (?, ?, ?) ON CONFLICT (name, kind) DO UPDATE SET count = count + excluded.count',
  );
  const { insert, update } = writeStatements(engine, table, columns);

  return {
    write: (rows, withChanges) =>
      inTransaction(engine, () => {
        const outcome: WriteOutcome = { conflicts: [], missing: [], written: 0, sequence: 0, changes: [] };
        const before = readBefore(current, rows);
        const differences = new Map<string, number>();
        const start = Number(lastSequence.all([table])[0]?.[0] ?? 0);
        for (let at = 0; at + valuesPerRow <= rows.length; at += valuesPerRow) {
          const id = String(rows[at]);
          const madeOn = rows[at + 1] ?? null;
          const revision = String(rows[at + 2]);
          const json = String(rows[at + 5]);
          const known = before.get(id);
          if (known && known.rev !== madeOn) {
            outcome.conflicts.push(String(stored.all([id])[0]?.[0]));
            continue;
          }
          if (!known && madeOn !== null) outcome.missing.push(id);
          if (withChanges)
            outcome.changes.push({ document: json, previous: known ? String(stored.all([id])[0]?.[0]) : null });
          outcome.written += 1;
          const document = JSON.parse(json) as JsonObject;
          const kind = typeof document['kind'] === 'string' ? document['kind'] : '';
          const derived = columns.map(({ valueOf }) => valueOf(document, kind));
          const values = [
            revision,
            rows[at + 3] ?? 0,
            rows[at + 4] ?? 0,
            start + outcome.written,
            json,
            ...derived,
            id,
          ];
          (known ? update : insert).run(values);
          const listed = counted ? derived[listedAt(columns)] : null;
          if (typeof known?.listed === 'string') bump(differences, known.listed, -1);
          if (typeof listed === 'string') bump(differences, listed, 1);
          before.set(id, { rev: revision, listed: listed ?? null });
        }
        outcome.sequence = start + outcome.written;
        if (outcome.written > 0) keepSequence.run([outcome.sequence, table]);
        for (const [kind, difference] of differences) if (difference !== 0) count.run([table, kind, difference]);
        return outcome;
      }),
  };
}

export function listedAt(columns: readonly DerivedColumn[]): number {
  return columns.findIndex(({ sql }) => sql === 'listed');
}

function bump(differences: Map<string, number>, kind: string, by: number): void {
  differences.set(kind, (differences.get(kind) ?? 0) + by);
}

function readBefore(current: Statement, rows: readonly SqlValue[]): Map<string, { rev: string; listed: SqlValue }> {
  const ids: string[] = [];
  for (let at = 0; at + valuesPerRow <= rows.length; at += valuesPerRow) ids.push(String(rows[at]));
  const found: SqlRow[] = current.all([JSON.stringify(ids)]);
  return new Map(found.map(([id, rev, listed]) => [String(id), { rev: String(rev), listed: listed ?? null }]));
}
