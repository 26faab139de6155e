import type { MangoRequest, TableSpec } from '#shared/replica/engineCalls.ts';
import { indexColumn } from './columns.ts';
import type { SqlValue } from './engines/engine.ts';
import { documentValue, literal } from './sqlText.ts';

export interface MangoSql {
  where: string;
  values: SqlValue[];
  order: string;
  /** False: the condition finds too much, and the caller has to sort out. It never finds too little. */
  exact: boolean;
  /** False: SQL cannot say the order, and the caller has to sort. */
  sorted: boolean;
}

interface Translation {
  spec: TableSpec;
  values: SqlValue[];
  exact: boolean;
}

const comparisons: Readonly<Record<string, string>> = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' };
const always = '1';
/** SQLite compares texts by code point, JavaScript by UTF-16 unit. Against a text without these both say the same. */
const beyondCommonOrder = /[\ud800-\uffff]/;

/**
 * Translates RxDB's selector and order. Only paths whose schema says string, number or boolean are compared in SQL: any
 * other may hold an array, of which RxDB compares the members.
 */
export function mangoSql(spec: TableSpec, { selector, sort }: MangoRequest): MangoSql {
  const state: Translation = { spec, values: [], exact: true };
  const where = selectorSql(state, selector);
  const keys = sort.flatMap((part) => Object.entries(part));
  const sorted = keys.every(([path]) => typeOf(spec, path) !== undefined);
  const order = keys.map(([path, way]) => `${valueSql(spec, path)}${way === 'desc' ? ' DESC' : ''}`).join(', ');
  return { where, values: state.values, order: sorted && order ? order : 'id', exact: state.exact, sorted };
}

function valueSql(spec: TableSpec, path: string): string {
  return indexColumn(spec, path) ?? documentValue(path);
}

function selectorSql(state: Translation, selector: Readonly<Record<string, unknown>>): string {
  const parts: string[] = [];
  for (const [key, value] of Object.entries(selector)) {
    if (key === '$and' && isSelectors(value)) parts.push(...value.map((one) => selectorSql(state, one)));
    else if ((key === '$or' || key === '$nor') && isSelectors(value)) parts.push(eitherSql(state, key, value));
    else if (key.startsWith('$')) parts.push(inexact(state));
    else parts.push(fieldSql(state, key, value));
  }
  const needed = parts.filter((part) => part !== always);
  return needed.length === 0 ? always : `(${needed.join(' AND ')})`;
}

/** What cannot be said exactly must not be turned round: "not too much" would be too little. */
function eitherSql(state: Translation, key: '$or' | '$nor', selectors: Record<string, unknown>[]): string {
  const inner: Translation = { spec: state.spec, values: [], exact: true };
  const parts = selectors.map((one) => selectorSql(inner, one));
  if (!inner.exact) state.exact = false;
  if (key === '$nor' && !inner.exact) return always;
  state.values.push(...inner.values);
  const either = parts.length === 0 ? '0' : `(${parts.join(' OR ')})`;
  return key === '$or' ? either : `NOT coalesce(${either}, 0)`;
}

function fieldSql(state: Translation, path: string, condition: unknown): string {
  const type = typeOf(state.spec, path);
  if (!type) return inexact(state);
  const operators = isOperators(condition) ? condition : { $eq: condition };
  const parts = Object.entries(operators).map(([operator, wanted]) =>
    operatorSql(state, valueSql(state.spec, path), path, type, operator, wanted),
  );
  const needed = parts.filter((part) => part !== always);
  return needed.length === 0 ? always : needed.join(' AND ');
}

function operatorSql(
  state: Translation,
  sql: string,
  path: string,
  type: string,
  operator: string,
  wanted: unknown,
): string {
  const bind = (value: unknown) => state.values.push(sqlValue(value));
  const fits = (value: unknown) => typeof value === type;
  switch (operator) {
    case '$eq':
    case '$ne': {
      const not = operator === '$ne';
      if (wanted === null) return `${sql} IS ${not ? 'NOT ' : ''}NULL`;
      if (!fits(wanted)) return inexact(state);
      bind(wanted);
      return not ? `${sql} IS NOT ?` : `${sql} = ?`;
    }
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      if (!fits(wanted) || typeof wanted === 'boolean') return inexact(state);
      if (typeof wanted === 'string' && beyondCommonOrder.test(wanted)) return inexact(state);
      bind(wanted);
      return `${sql} ${comparisons[operator] ?? ''} ?`;
    case '$in':
    case '$nin':
      if (!Array.isArray(wanted) || !wanted.every(fits)) return inexact(state);
      state.values.push(JSON.stringify(wanted.map(sqlValue)));
      return operator === '$in'
        ? `${sql} IN (SELECT value FROM json_each(?))`
        : `(${sql} IS NULL OR ${sql} NOT IN (SELECT value FROM json_each(?)))`;
    case '$exists':
      if (typeof wanted !== 'boolean' || path.startsWith('_')) return inexact(state);
      return `json_type(data, ${literal(`$.${path}`)}) IS ${wanted ? 'NOT ' : ''}NULL`;
    default:
      return inexact(state);
  }
}

function inexact(state: Translation): string {
  state.exact = false;
  return always;
}

function typeOf(spec: TableSpec, path: string): string | undefined {
  if (path === spec.primary || path === '_rev') return 'string';
  if (path === '_deleted') return 'boolean';
  if (path === '_meta.lwt') return 'number';
  return Object.hasOwn(spec.types, path) ? spec.types[path] : undefined;
}

function sqlValue(value: unknown): SqlValue {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

function isSelectors(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null);
}

function isOperators(condition: unknown): condition is Record<string, unknown> {
  return (
    typeof condition === 'object' &&
    condition !== null &&
    !Array.isArray(condition) &&
    Object.keys(condition).length > 0 &&
    Object.keys(condition).every((key) => key.startsWith('$'))
  );
}
