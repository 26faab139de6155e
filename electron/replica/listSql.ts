import type { Json } from '#shared/kernel/json.ts';
import { foldText } from '#shared/replica/foldText.ts';
import { columnValue, numberGap, setSeparator } from '#shared/replica/listColumns.ts';
import type { ColumnType, ListSpec } from '#shared/replica/listColumns.ts';
import type { Condition, ListRequest, Reach, RowKey } from '#shared/replica/listRequest.ts';
import { listColumnSql } from './columns.ts';
import type { SqlValue } from './engines/engine.ts';
import { documentValue, literal } from './sqlText.ts';

/** A value of the list as SQL sees it. */
interface Expression {
  sql: string;
  type: ColumnType;
}

export interface ListSql {
  where: string;
  values: SqlValue[];
  /** Sort expressions, the id last, so that the order is total. */
  keys: { sql: string; descending: boolean }[];
}

/** A path the list does not have was asked for. */
export class UnknownPath extends Error {
  constructor(kind: string, path: string) {
    super(`the list of '${kind}' has no '${path}'`);
    this.name = 'UnknownPath';
  }
}

/** Conditions, search and order of a list as SQL. Throws UnknownPath. */
export function listSql(list: ListSpec, request: ListRequest): ListSql {
  const values: SqlValue[] = [];
  const parts = [`listed = ${literal(list.kind)}`];
  for (const condition of request.conditions)
    parts.push(conditionSql(expressionOf(list, condition.path), condition, values));
  if (request.reach) parts.push(reachSql(list, request.reach, values));
  const searched = list.search.map((path) => expressionOf(list, path));
  for (const word of request.words) {
    const folded = foldText(word);
    const places = ['id', ...searched.map(({ sql }) => sql)];
    parts.push(`(${places.map((sql) => `instr(${sql}, ?) > 0`).join(' OR ')})`);
    for (const _place of places) values.push(folded);
  }
  const order = request.order.length > 0 ? request.order : [list.order];
  const keys = order.map(({ path, descending }) => ({ sql: expressionOf(list, path).sql, descending }));
  if (!keys.some(({ sql }) => sql === 'id')) keys.push({ sql: 'id', descending: order.at(-1)?.descending ?? false });
  // SQLite does not know how few rows such a lookup finds, and would rather read another index that has the order already.
  const sorts = isLookup(list, request) ? keys.map((key) => ({ ...key, sql: `+${key.sql}` })) : keys;
  return { where: parts.join(' AND '), values, keys: sorts };
}

/** Every value of an index over several columns is given. */
function isLookup(list: ListSpec, { conditions }: ListRequest): boolean {
  const given = new Set(
    conditions.flatMap(({ path, operator }) => (operator === 'is' || operator === 'is_empty' ? [path] : [])),
  );
  return list.lookups.some((paths) => paths.length > 1 && paths.every((path) => given.has(path)));
}

/** ORDER BY of the keys, or of the reversed list. */
export function orderSql(keys: ListSql['keys'], reversed = false): string {
  return keys.map(({ sql, descending }) => `${sql}${descending === reversed ? '' : ' DESC'}`).join(', ');
}

/**
 * True for the rows behind a key, or before it in the reversed list. One direction for all keys is a comparison of rows,
 * which SQLite answers from an index.
 */
export function behindSql(keys: ListSql['keys'], key: RowKey, reversed = false): { sql: string; values: SqlValue[] } {
  const ways = new Set(keys.map(({ descending }) => descending));
  const operator = (descending: boolean) => (descending === reversed ? '>' : '<');
  if (ways.size === 1) {
    const left = keys.map(({ sql }) => sql).join(', ');
    const marks = keys.map(() => '?').join(', ');
    return { sql: `(${left}) ${operator(keys[0]?.descending ?? false)} (${marks})`, values: [...key] };
  }
  const values: SqlValue[] = [];
  const cases = keys.map(({ sql, descending }, index) => {
    const same = keys.slice(0, index).map((one) => `${one.sql} = ?`);
    values.push(...key.slice(0, index), key[index] ?? null);
    return `(${[...same, `${sql} ${operator(descending)} ?`].join(' AND ')})`;
  });
  return { sql: `(${cases.join(' OR ')})`, values };
}

/** The value of a path in the list: its column, or what stands in the document. */
export function expressionOf(list: ListSpec, path: string): Expression {
  const column = list.columns.find((one) => one.path === path);
  if (column) return { sql: listColumnSql(column), type: column.type };
  const other = list.others.find((one) => one.path === path);
  if (!other) throw new UnknownPath(list.kind, path);
  if (path === 'id') return { sql: 'id', type: 'plain' };
  const held = documentValue(path);
  // Without a column only case is folded: SQLite knows no accents.
  if (other.type === 'number') return { sql: `coalesce(${held}, ${numberGap})`, type: 'number' };
  if (other.type === 'plain') return { sql: `coalesce(${held}, '')`, type: 'plain' };
  return { sql: `lower(coalesce(${held}, ''))`, type: 'text' };
}

function conditionSql({ sql, type }: Expression, { operator, value }: Condition, values: SqlValue[]): string {
  const gap = type === 'number' ? numberGap : '';
  const given = (one: Json | undefined) => columnValue(type === 'set' ? 'text' : type, one);
  const bind = (one: SqlValue) => {
    values.push(one);
    return '?';
  };
  const list = Array.isArray(value) ? value : [];
  switch (operator) {
    case 'is':
      return equalSql(sql, type, given(value), bind);
    case 'is_not':
      return `NOT (${equalSql(sql, type, given(value), bind)})`;
    case 'in': {
      if (list.length === 0) return '0';
      if (type === 'set') return `(${list.map((one) => equalSql(sql, type, given(one), bind)).join(' OR ')})`;
      if (list.length === 1) return equalSql(sql, type, given(list[0]), bind);
      return `${sql} IN (${list.map((one) => bind(given(one))).join(', ')})`;
    }
    case 'contains': {
      const wanted = bind(foldText(String(value ?? '')));
      return type === 'plain' ? `instr(lower(${sql}), ${wanted}) > 0` : `instr(${sql}, ${wanted}) > 0`;
    }
    case 'is_empty':
      return `${sql} = ${bind(gap)}`;
    case 'is_not_empty':
      return `${sql} <> ${bind(gap)}`;
    case 'less':
      return `(${sql} < ${bind(given(value))} AND ${sql} <> ${bind(gap)})`;
    case 'greater':
      return `${sql} > ${bind(given(value))}`;
    case 'between':
      return `(${sql} >= ${bind(given(list[0]))} AND ${sql} <= ${bind(given(list[1]))} AND ${sql} <> ${bind(gap)})`;
  }
}

function reachSql(list: ListSpec, reach: readonly Reach[], values: SqlValue[]): string {
  const holds = (path: string, value: Json) =>
    conditionSql(expressionOf(list, path), { path, operator: 'in', value }, values);
  const places = reach.map(({ tenants, own }) => {
    const parts = tenants === '*' ? [] : [holds('tenantId', tenants)];
    if (own)
      parts.push(
        `(${holds('createdBy', [own.id])} OR ${holds('assignedTo', [own.id])} OR ${holds('tenantId', own.tenants)})`,
      );
    return parts.length === 0 ? '1' : `(${parts.join(' AND ')})`;
  });
  return places.length === 0 ? '0' : `(${places.join(' OR ')})`;
}

function equalSql(sql: string, type: ColumnType, wanted: SqlValue, bind: (one: SqlValue) => string): string {
  if (type !== 'set' || wanted === '') return `${sql} = ${bind(wanted)}`;
  return `instr(${sql}, ${bind(`${setSeparator}${wanted}${setSeparator}`)}) > 0`;
}
