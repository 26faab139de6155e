import type { EngineAnswers, EngineArguments, TableSpec } from '#shared/replica/engineCalls.ts';
import { columnValue } from '#shared/replica/listColumns.ts';
import type { ListSpec } from '#shared/replica/listColumns.ts';
import type { Anchor, ListRequest, RowKey } from '#shared/replica/listRequest.ts';
import type { Engine, SqlRow, SqlValue } from './engines/engine.ts';
import { behindSql, expressionOf, listSql, orderSql } from './listSql.ts';
import type { ListSql } from './listSql.ts';
import { jsonArray } from './jsonArray.ts';
import { quoted } from './sqlText.ts';
import type { Statements } from './statements.ts';

export interface ListReads {
  page: (request: EngineArguments<'listPage'>) => EngineAnswers['listPage'];
  after: (request: EngineArguments<'listAfter'>) => EngineAnswers['listAfter'];
  count: (list: ListRequest) => number;
  position: (list: ListRequest, value: string | number) => number;
  groups: (list: ListRequest, by: EngineArguments<'listGroups'>['by']) => EngineAnswers['listGroups'];
  explain: (list: ListRequest) => EngineAnswers['listExplain'];
}

/** What is read: rows by their place in the order, first found in an index alone, then fetched. */
interface Slice {
  sql: string;
  values: SqlValue[];
  reversed: boolean;
}

export function createListReads(engine: Engine, statements: Statements, spec: TableSpec): ListReads {
  const table = quoted(spec.table);
  const specOf = (kind: string): ListSpec => {
    const list = spec.lists.find((one) => one.kind === kind);
    if (!list) throw new Error(`'${spec.table}' has no list of '${kind}'`);
    return list;
  };
  const read = ({ sql, values, reversed }: Slice) => {
    const rows = statements.prepare(sql).all(values);
    return reversed ? rows.toReversed() : rows;
  };
  const page: ListReads['page'] = ({ list, offset, limit, anchor, count }) => {
    const sql = listSql(specOf(list.kind), list);
    const rows = read(sliceOf(table, sql, offset, limit, anchor, count));
    return { documents: jsonArray(rows), first: keyOf(rows[0]), last: keyOf(rows.at(-1)), offset };
  };
  const count = (list: ListRequest): number => {
    if (list.conditions.length === 0 && list.words.length === 0 && !list.reach) {
      const [row] = statements
        .prepare('SELECT count FROM steward_counts WHERE name = ? AND kind = ?')
        .all([spec.table, list.kind]);
      return Number(row?.[0] ?? 0);
    }
    const { where, values } = listSql(specOf(list.kind), list);
    return Number(statements.prepare(`SELECT count(*) FROM ${table} WHERE ${where}`).all(values)[0]?.[0]);
  };
  return {
    page,
    count,
    after: ({ list, after, limit }) => {
      const sql = listSql(specOf(list.kind), list);
      const behind = after ? behindSql(sql.keys, after) : undefined;
      const rows = read(slice(table, sql, behind, limit, 0, false));
      return { documents: jsonArray(rows), last: keyOf(rows.at(-1)) };
    },
    position: (list, value) => {
      const { where, values, keys } = listSql(specOf(list.kind), list);
      const [first] = keys;
      const wanted = specOf(list.kind);
      const path = list.order[0]?.path ?? wanted.order.path;
      const bound = columnValue(expressionOf(wanted, path).type, value);
      const before = `${first?.sql ?? 'id'} ${first?.descending ? '>' : '<'} ?`;
      const sql = `SELECT count(*) FROM ${table} WHERE ${where} AND ${before}`;
      return Number(statements.prepare(sql).all([...values, bound])[0]?.[0]);
    },
    groups: (list, by) => {
      const { where, values } = listSql(specOf(list.kind), list);
      const columns = by.map(({ path, prefix }) => {
        const { sql } = expressionOf(specOf(list.kind), path);
        return prefix === undefined ? sql : `substr(${sql}, 1, ${prefix})`;
      });
      const places = columns.map((_, index) => index + 1).join(', ');
      const sql = `SELECT ${columns.join(', ')}, count(*) FROM ${table} WHERE ${where} GROUP BY ${places} ORDER BY ${places}`;
      return statements
        .prepare(sql)
        .all(values)
        .map((row) => ({
          values: row.slice(0, -1).map((value) => value ?? ''),
          count: Number(row.at(-1)),
        }));
    },
    explain: (list) => {
      const { sql, values } = sliceOf(table, listSql(specOf(list.kind), list), 0, 100, undefined, undefined);
      const plan = engine.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(values);
      const started = performance.now();
      page({ table: spec.table, list, offset: 0, limit: 100 });
      const paged = performance.now();
      count(list);
      return { sql, plan: indented(plan), pageTime: paged - started, countTime: performance.now() - paged };
    },
  };
}

/** Reads from whichever known place is nearest: the beginning, the end, or the anchor. */
function sliceOf(
  table: string,
  sql: ListSql,
  offset: number,
  limit: number,
  anchor: Anchor | undefined,
  count: number | undefined,
): Slice {
  const fromEnd = count === undefined ? Infinity : Math.max(0, count - offset - limit);
  const near = Math.min(offset, fromEnd);
  if (anchor && offset > anchor.index && offset - anchor.index - 1 <= near)
    return slice(table, sql, behindSql(sql.keys, anchor.key), limit, offset - anchor.index - 1, false);
  if (anchor && offset + limit <= anchor.index && anchor.index - offset - limit <= near)
    return slice(table, sql, behindSql(sql.keys, anchor.key, true), limit, anchor.index - offset - limit, true);
  if (count !== undefined && fromEnd < offset)
    return slice(table, sql, undefined, Math.min(limit, count - offset), fromEnd, true);
  return slice(table, sql, undefined, limit, offset, false);
}

function slice(
  table: string,
  { where, values, keys }: ListSql,
  behind: { sql: string; values: SqlValue[] } | undefined,
  limit: number,
  skip: number,
  reversed: boolean,
): Slice {
  const order = orderSql(keys, reversed);
  const condition = behind ? `${where} AND ${behind.sql}` : where;
  const outer = keys.map((key) => ({ ...key, sql: key.sql }));
  const selected = ['data', ...outer.map(({ sql }) => sql)].join(', ');
  return {
    sql: `SELECT ${selected} FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE ${condition} ORDER BY ${order} LIMIT ${Math.max(0, limit)} OFFSET ${skip}) ORDER BY ${order}`,
    values: [...values, ...(behind?.values ?? [])],
    reversed,
  };
}

function keyOf(row: SqlRow | undefined): RowKey | null {
  return row ? row.slice(1).map((value) => value ?? '') : null;
}

/** SQLite answers id, parent, unused, text. */
function indented(plan: readonly SqlRow[]): string[] {
  const depths = new Map<number, number>([[0, -1]]);
  return plan.map(([id, parent, , text]) => {
    const depth = (depths.get(Number(parent)) ?? 0) + 1;
    depths.set(Number(id), depth);
    return `${'  '.repeat(depth)}${String(text)}`;
  });
}
