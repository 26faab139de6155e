import type { Json, JsonObject } from '#shared/kernel/json.ts';
import { valueAtSteps } from '#shared/records/valueAtPath.ts';
import type { TableSpec } from '#shared/replica/engineCalls.ts';
import { columnValue } from '#shared/replica/listColumns.ts';
import type { ListColumn } from '#shared/replica/listColumns.ts';
import type { SqlValue } from './engines/engine.ts';
import { quoted } from './sqlText.ts';

/** Names of the columns every table has, and of what RxDB calls them. */
const ownColumns: Readonly<Record<string, string>> = { _deleted: 'deleted', '_meta.lwt': 'lwt', _rev: 'rev' };

/** A column drawn out of the document. */
export interface DerivedColumn {
  /** Quoted for SQL. */
  sql: string;
  valueOf: (document: JsonObject, kind: string) => SqlValue;
}

/** The quoted column that holds a path for comparison by RxDB's rules; undefined when it stays in the document. */
export function indexColumn(spec: TableSpec, path: string): string | undefined {
  if (path === spec.primary) return 'id';
  const own = ownColumns[path];
  if (own) return own;
  return spec.indexes.some((index) => index.includes(path)) ? quoted(`x:${path}`) : undefined;
}

/** The quoted column of a list. Kinds of one table share a column where path and type are the same. */
export function listColumnSql({ path, type }: ListColumn): string {
  return path === 'id' ? 'id' : quoted(`${type}:${path}`);
}

/** Every column of the table beyond the fixed ones. */
export function derivedColumns(spec: TableSpec): DerivedColumn[] {
  const columns = new Map<string, DerivedColumn>();
  for (const path of spec.indexes.flat()) {
    const sql = indexColumn(spec, path);
    if (!sql?.startsWith('"')) continue;
    const steps = path.split('.');
    columns.set(sql, { sql, valueOf: (document) => comparable(valueAtSteps(document, steps)) });
  }
  if (spec.lists.length === 0) return [...columns.values()];
  columns.set('listed', { sql: 'listed', valueOf: (document, kind) => (isListed(document) ? kind : null) });
  columns.set('edited', { sql: 'edited', valueOf: (document) => (document['pending'] === 1 ? 1 : 0) });
  columns.set('known', { sql: 'known', valueOf: knownVersion });
  const kindsOf = new Map<string, { column: ListColumn; kinds: Set<string> }>();
  for (const list of spec.lists) {
    for (const column of list.columns) {
      const sql = listColumnSql(column);
      const known = kindsOf.get(sql) ?? { column, kinds: new Set() };
      known.kinds.add(list.kind);
      kindsOf.set(sql, known);
    }
  }
  for (const [sql, { column, kinds }] of kindsOf) {
    const steps = column.path.split('.');
    columns.set(sql, {
      sql,
      valueOf: (document, kind) => (kinds.has(kind) ? columnValue(column.type, valueAtSteps(document, steps)) : null),
    });
  }
  return [...columns.values()];
}

function comparable(value: Json | undefined): SqlValue {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return typeof value === 'boolean' ? Number(value) : null;
}

/** A record that was deleted, here or on the server, is in no list. */
function isListed(document: JsonObject): boolean {
  return document['_deleted'] !== true && document['deletedHere'] !== true;
}

/** The version the server is known to hold; null = it has no living record. An unsent edit names it in its base. */
function knownVersion(document: JsonObject): SqlValue {
  const edit = document['edit'];
  const held = typeof edit === 'object' && edit !== null && !Array.isArray(edit) ? edit['base'] : document;
  if (typeof held !== 'object' || held === null || Array.isArray(held)) return null;
  if (held['_deleted'] === true || (held === document && !isListed(document))) return null;
  return typeof held['version'] === 'number' ? held['version'] : null;
}
