import type { Json, JsonObject } from '#shared/kernel/json.ts';
import { foldText } from '#shared/replica/foldText.ts';
import { columnValue, numberGap, setSeparator } from '#shared/replica/listColumns.ts';
import type { ColumnType, ListSpec } from '#shared/replica/listColumns.ts';
import type { Condition, ListRequest, Reach, RowKey } from '#shared/replica/listRequest.ts';

/** A list worked out in plain JavaScript, as the engine has to answer it. */
export interface ModelRow {
  document: JsonObject;
  /** Values of the order, the id last. */
  key: RowKey;
}

type Value = string | number;

const isListed = (document: JsonObject) => document['_deleted'] !== true && document['deletedHere'] !== true;
const compare = (one: Value, other: Value): number => {
  if (typeof one !== typeof other) return typeof one === 'number' ? -1 : 1;
  return one < other ? -1 : one > other ? 1 : 0;
};
/** SQLite's `lower`. */
const lowerAscii = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

function held(document: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = document;
  for (const step of path.split('.'))
    value = typeof value === 'object' && value !== null && !Array.isArray(value) ? value[step] : undefined;
  return value;
}

export function typeIn(list: ListSpec, path: string): { type: ColumnType; column: boolean } {
  const column = list.columns.find((one) => one.path === path);
  if (column || path === 'id') return { type: column?.type ?? 'plain', column: true };
  const type = list.others.find((one) => one.path === path)?.type ?? 'text';
  return { type: type === 'set' ? 'text' : type, column: false };
}

export function valueIn(list: ListSpec, document: JsonObject, path: string): Value {
  const { type, column } = typeIn(list, path);
  const value = held(document, path);
  if (column) return columnValue(type, value);
  if (value === undefined || value === null) return type === 'number' ? numberGap : '';
  if (type === 'number') return Number(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return type === 'plain' ? text : lowerAscii(text);
}

function equal(value: Value, type: ColumnType, wanted: Value): boolean {
  if (type !== 'set' || wanted === '') return value === wanted;
  return String(value).includes(`${setSeparator}${wanted}${setSeparator}`);
}

function fulfils(list: ListSpec, document: JsonObject, { path, operator, value }: Condition): boolean {
  const { type } = typeIn(list, path);
  const has = valueIn(list, document, path);
  const given = (one: Json | undefined) => columnValue(type === 'set' ? 'text' : type, one);
  const gap = type === 'number' ? numberGap : '';
  const range = Array.isArray(value) ? value : [];
  switch (operator) {
    case 'is':
      return equal(has, type, given(value));
    case 'is_not':
      return !equal(has, type, given(value));
    case 'in':
      return range.some((one) => equal(has, type, given(one)));
    case 'contains':
      return (type === 'plain' ? lowerAscii(String(has)) : String(has)).includes(foldText(String(value ?? '')));
    case 'is_empty':
      return has === gap;
    case 'is_not_empty':
      return has !== gap;
    case 'less':
      return compare(has, given(value)) < 0 && has !== gap;
    case 'greater':
      return compare(has, given(value)) > 0;
    case 'between':
      return compare(has, given(range[0])) >= 0 && compare(has, given(range[1])) <= 0 && has !== gap;
  }
}

function reached(document: JsonObject, { tenants, own }: Reach): boolean {
  const text = (path: string) => String(held(document, path) ?? '');
  if (tenants !== '*' && !tenants.includes(text('tenantId'))) return false;
  return (
    !own || text('createdBy') === own.id || text('assignedTo') === own.id || own.tenants.includes(text('tenantId'))
  );
}

export function modelList(list: ListSpec, documents: readonly JsonObject[], request: ListRequest): ModelRow[] {
  const words = request.words.map(foldText);
  const order = request.order.length > 0 ? request.order : [list.order];
  const keys = order.some(({ path }) => path === 'id')
    ? order
    : [...order, { path: 'id', descending: order.at(-1)?.descending ?? false }];
  return documents
    .filter((document) => document['kind'] === list.kind && isListed(document))
    .filter((document) => request.conditions.every((condition) => fulfils(list, document, condition)))
    .filter((document) => request.reach?.some((one) => reached(document, one)) ?? true)
    .filter((document) =>
      words.every((word) =>
        ['id', ...list.search].some((path) => String(valueIn(list, document, path)).includes(word)),
      ),
    )
    .map((document) => ({ document, key: keys.map(({ path }) => valueIn(list, document, path)) }))
    .toSorted((one, other) => {
      for (const [at, { descending }] of keys.entries()) {
        const way = compare(one.key[at] ?? '', other.key[at] ?? '');
        if (way !== 0) return descending ? -way : way;
      }
      return 0;
    });
}

/** Rows of the list before the first that is at the value or behind it. */
export function modelPosition(list: ListSpec, rows: readonly ModelRow[], request: ListRequest, value: Value): number {
  const first = request.order[0] ?? list.order;
  const bound = columnValue(typeIn(list, first.path).type, value);
  return rows.filter(({ key }) => {
    const way = compare(key[0] ?? '', bound);
    return first.descending ? way > 0 : way < 0;
  }).length;
}

export function modelGroups(
  list: ListSpec,
  rows: readonly ModelRow[],
  by: readonly { path: string; prefix?: number }[],
): { values: Value[]; count: number }[] {
  const groups = new Map<string, { values: Value[]; count: number }>();
  for (const { document } of rows) {
    const values = by.map(({ path, prefix }) => {
      const value = valueIn(list, document, path);
      return prefix === undefined ? value : Array.from(String(value)).slice(0, prefix).join('');
    });
    const name = JSON.stringify(values);
    const group = groups.get(name) ?? { values, count: 0 };
    group.count += 1;
    groups.set(name, group);
  }
  return [...groups.values()].toSorted((one, other) => {
    for (const [at, value] of one.values.entries()) {
      const way = compare(value, other.values[at] ?? '');
      if (way !== 0) return way;
    }
    return 0;
  });
}
