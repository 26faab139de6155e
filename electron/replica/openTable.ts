import type { JsonObject } from '#shared/kernel/json.ts';
import type { TableSpec } from '#shared/replica/engineCalls.ts';
import { derivedColumns } from './columns.ts';
import type { Engine, SqlRow } from './engines/engine.ts';
import { quoted } from './sqlText.ts';
import { tableLayout } from './tableLayout.ts';
import { listedAt, writeStatements } from './tableWriter.ts';
import { inTransaction } from './transaction.ts';

/** Brings a document from the form of one version to that of the next. */
export type DocumentMigration = (table: string, document: JsonObject, fromVersion: number) => JsonObject;

const copiedAtOnce = 2000;

/**
 * Makes the table, or brings an older one to this version and layout. The old table is there until the new one is complete:
 * both happen in one transaction. Answers how many documents were taken over, rows saved from a damaged file included.
 */
export function openTable(engine: Engine, spec: TableSpec, migrate: DocumentMigration): number {
  const layout = JSON.stringify(tableLayout(spec));
  const [known] = engine.prepare('SELECT version, layout FROM steward_tables WHERE name = ?').all([spec.table]);
  if (!known) {
    return inTransaction(engine, () => {
      createTable(engine, spec, true);
      engine.prepare('INSERT INTO steward_tables VALUES (?, ?, ?, 0)').run([spec.table, spec.version, layout]);
      return takeRescued(engine, spec, migrate);
    });
  }
  const version = Number(known[0]);
  if (version > spec.version)
    throw new Error(`'${spec.table}' was written by a newer console (version ${version}); update this one`);
  if (version === spec.version && known[1] === layout) return 0;
  return inTransaction(engine, () => {
    const copied = rebuild(engine, spec, version, migrate);
    engine
      .prepare('UPDATE steward_tables SET version = ?, layout = ? WHERE name = ?')
      .run([spec.version, layout, spec.table]);
    return copied;
  });
}

function createTable(engine: Engine, spec: TableSpec, indexed: boolean): void {
  const { table, indexes } = tableLayout(spec);
  engine.exec(table);
  if (indexed) for (const index of indexes) engine.exec(index);
}

function rebuild(engine: Engine, spec: TableSpec, version: number, migrate: DocumentMigration): number {
  const old = `${spec.table}.old`;
  const oldIndexes = engine
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL")
    .all([spec.table]);
  for (const [name] of oldIndexes) engine.exec(`DROP INDEX ${quoted(String(name))}`);
  engine.exec(`ALTER TABLE ${quoted(spec.table)} RENAME TO ${quoted(old)}`);
  createTable(engine, spec, false);
  engine.prepare('DELETE FROM steward_counts WHERE name = ?').run([spec.table]);
  const copy = copier(engine, spec, migrate);
  const page = engine.prepare(
    `SELECT rowid, id, rev, deleted, lwt, seq, data FROM ${quoted(old)} WHERE rowid > ? ORDER BY rowid LIMIT ${copiedAtOnce}`,
  );
  let copied = 0;
  for (let after = 0; ;) {
    const rows = page.all([after]);
    for (const row of rows) copy.row(row.slice(1), version);
    copied += rows.length;
    if (rows.length < copiedAtOnce) break;
    after = Number(rows.at(-1)?.[0]);
  }
  copy.keepCounts();
  for (const index of tableLayout(spec).indexes) engine.exec(index);
  engine.exec(`DROP TABLE ${quoted(old)}`);
  return copied;
}

function takeRescued(engine: Engine, spec: TableSpec, migrate: DocumentMigration): number {
  const rows = engine
    .prepare('SELECT id, rev, 0, lwt, data, version FROM steward_rescued WHERE name = ?')
    .all([spec.table]);
  const copy = copier(engine, spec, migrate);
  rows.forEach(([id, rev, deleted, lwt, data, version], index) =>
    copy.row([id ?? '', rev ?? '', deleted ?? 0, lwt ?? 0, index + 1, data ?? ''], Number(version)),
  );
  copy.keepCounts();
  engine.prepare('UPDATE steward_tables SET sequence = ? WHERE name = ?').run([rows.length, spec.table]);
  engine.prepare('DELETE FROM steward_rescued WHERE name = ?').run([spec.table]);
  return rows.length;
}

/** Writes rows of `id, rev, deleted, lwt, seq, data` into the new table, migrated, and counts them by kind. */
function copier(engine: Engine, spec: TableSpec, migrate: DocumentMigration) {
  const columns = derivedColumns(spec);
  const listed = listedAt(columns);
  const { insert } = writeStatements(engine, spec.table, columns);
  const counts = new Map<string, number>();
  return {
    row: ([id, rev, deleted, lwt, seq, data]: SqlRow, version: number) => {
      let document = JSON.parse(String(data)) as JsonObject;
      for (let from = version; from < spec.version; from++) document = migrate(spec.table, document, from);
      const kind = typeof document['kind'] === 'string' ? document['kind'] : '';
      const derived = columns.map(({ valueOf }) => valueOf(document, kind));
      const json = version === spec.version ? String(data) : JSON.stringify(document);
      insert.run([rev ?? '', deleted ?? 0, lwt ?? 0, seq ?? 0, json, ...derived, id ?? '']);
      const counted = derived[listed];
      if (typeof counted === 'string') counts.set(counted, (counts.get(counted) ?? 0) + 1);
    },
    keepCounts: () => {
      const keep = engine.prepare('INSERT INTO steward_counts VALUES (?, ?, ?)');
      for (const [kind, count] of counts) keep.run([spec.table, kind, count]);
    },
  };
}
