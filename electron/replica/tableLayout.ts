import type { TableSpec } from '#shared/replica/engineCalls.ts';
import type { ListSpec } from '#shared/replica/listColumns.ts';
import { derivedColumns, indexColumn, listColumnSql } from './columns.ts';
import { literal, quoted } from './sqlText.ts';

/** The statements that make a table and its indexes. The same text means the same layout. */
export interface TableLayout {
  table: string;
  indexes: string[];
}

/**
 * One plain column per value drawn out of the document (generated columns would keep SQLite from answering from a covering
 * index). `seq` counts writes: it says what changed since, whatever clocks do.
 */
export function tableLayout(spec: TableSpec, name = spec.table): TableLayout {
  const fixed = [
    'id TEXT PRIMARY KEY',
    'rev TEXT NOT NULL',
    'deleted INTEGER NOT NULL',
    'lwt REAL NOT NULL',
    'seq INTEGER NOT NULL',
    'data TEXT NOT NULL',
  ];
  const table = quoted(name);
  const columns = [...fixed, ...derivedColumns(spec).map(({ sql }) => sql)].join(', ');
  const index = (label: string, on: readonly string[], where = '') =>
    `CREATE INDEX ${quoted(`${name}/${label}`)} ON ${table} (${on.join(', ')})${where && ` WHERE ${where}`}`;
  return {
    table: `CREATE TABLE ${table} (${columns})`,
    indexes: [
      index('seq', ['seq']),
      index('deleted', ['lwt'], 'deleted = 1'),
      ...schemaIndexes(spec).map((on) => index(on.join('+').replaceAll('"', ''), on)),
      ...spec.lists.flatMap((list) => listIndexes(list).map(({ label, on, where }) => index(label, on, where))),
    ],
  };
}

/** RxDB puts `_deleted` in front; behind the others it leaves the order usable. The id makes every order a total one. */
function schemaIndexes(spec: TableSpec): string[][] {
  const found = new Map<string, string[]>();
  for (const paths of spec.indexes) {
    const on = paths.flatMap((path) => (path === '_deleted' ? [] : (indexColumn(spec, path) ?? [])));
    if (!on.includes('id')) on.push('id');
    if (paths.includes('_deleted')) on.push('deleted');
    if (on[0] !== 'id') found.set(on.join(','), on);
  }
  return [...found.values()];
}

/** A narrow index for one tenant, one per lookup, and one that holds every column, from which any filter is answered. */
function listIndexes(list: ListSpec): { label: string; on: string[]; where: string }[] {
  const where = `listed = ${literal(list.kind)}`;
  const order = listColumnSql(columnOf(list, list.order.path));
  const columns = list.columns.map(listColumnSql);
  const tenant = columns.find((sql) => sql === '"plain:tenantId"') ?? 'id';
  return [
    // `listed` is the same in all of them; without it SQLite would look into the table to see that.
    { label: `${list.kind}/all`, on: [...new Set([order, 'id', ...columns, 'listed'])], where },
    { label: `${list.kind}/tenant`, on: [...new Set([tenant, order, 'id', 'listed'])], where },
    ...list.lookups.map((paths) => {
      const found = paths.map((path) => listColumnSql(columnOf(list, path)));
      const behind = paths.length === 1 ? [order, 'id'] : ['id', order];
      return {
        label: `${list.kind}/${paths.join('+')}`,
        on: [...new Set([...found, ...behind, 'listed'])],
        where,
      };
    }),
  ];
}

function columnOf(list: ListSpec, path: string): ListSpec['columns'][number] {
  const column = list.columns.find((one) => one.path === path);
  if (!column) throw new Error(`the list of '${list.kind}' is ordered or looked up by '${path}', which is no column`);
  return column;
}
