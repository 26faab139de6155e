import type { Json } from '../kernel/json.ts';
import { isJsonObject } from '../kernel/json.ts';
import type { Resource } from '../records/defineResource.ts';
import { hintOf } from '../records/fields.ts';
import { foldText } from './foldText.ts';

/**
 * How the engine keeps a value: `text` folded, for people; `plain` as it is, for ids, states and instants; `number` also
 * for booleans (0 and 1); `set` a list of folded texts, each between two separators.
 */
export type ColumnType = 'text' | 'plain' | 'number' | 'set';

export interface ListColumn {
  /** Dotted path in the record. */
  path: string;
  type: ColumnType;
}

/** What the engine needs to know of a kind to list it. */
export interface ListSpec {
  kind: string;
  /** Held in a column of their own, inside one covering index. Other paths are read from the document. */
  columns: ListColumn[];
  /** Types of paths that are no column. */
  others: ListColumn[];
  /** The order the covering index has. */
  order: { path: string; descending: boolean };
  /** Columns that a search looks into, beside the id. */
  search: string[];
  /** Columns with an index of their own, for looking up by value: one with the list's order behind it, or several. */
  lookups: string[][];
}

/** Stands for a number that is not there: before every other one. SQLite orders texts after numbers, so '' would not do. */
export const numberGap = -1.7976931348623157e308;
export const setSeparator = '\u001f';

const envelopeColumns: readonly ListColumn[] = [
  'status',
  'tenantId',
  'assignedTo',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
].map((path) => ({ path, type: 'plain' }));

/** Derives columns and indexes of a kind from its descriptor. */
export function listSpecOf(resource: Resource): ListSpec {
  const { defaultSort, columns, search, lookups } = resource.list;
  const order = { path: defaultSort.replace(/^-/, ''), descending: defaultSort.startsWith('-') };
  const body = Object.entries(resource.body.shape)
    .filter(([name]) => !resource.secretFields.includes(name))
    .map(([name, schema]): ListColumn => ({ path: `body.${name}`, type: typeOf(hintOf(schema).widget) }));
  const searched = search.map((name) => `body.${name}`);
  const named = new Set([...columns.map(({ path }) => path), order.path, ...searched, ...lookups.flat()]);
  return {
    kind: resource.kind,
    columns: [...envelopeColumns, ...body.filter(({ path }) => named.has(path))],
    others: [{ path: 'id', type: 'plain' }, ...body.filter(({ path }) => !named.has(path))],
    order,
    search: searched.filter((path) => body.some((column) => column.path === path)),
    lookups: lookups.map((paths) => [...paths]),
  };
}

function typeOf(widget: ReturnType<typeof hintOf>['widget']): ColumnType {
  switch (widget) {
    case 'number':
    case 'money':
    case 'boolean':
      return 'number';
    case 'choice':
    case 'instant':
    case 'date':
    case 'reference':
      return 'plain';
    case 'tags':
      return 'set';
    case 'text':
    case 'multiline':
    case 'email':
    case 'url':
    case 'color':
    case 'code':
    case 'json':
      return 'text';
  }
}

/** A value of a record as its column holds it. What is not there is '' or `numberGap`, never null: pages go on by value. */
export function columnValue(type: ColumnType, value: Json | undefined): string | number {
  switch (type) {
    case 'number':
      if (typeof value === 'number') return value;
      return typeof value === 'boolean' ? Number(value) : numberGap;
    case 'plain':
      return typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
    case 'text':
      return foldText(textsOf(value).join(' '));
    case 'set': {
      const items = textsOf(value);
      return items.length === 0 ? '' : `${setSeparator}${items.map(foldText).join(setSeparator)}${setSeparator}`;
    }
  }
}

function textsOf(value: Json | undefined): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isJsonObject(value) ? Object.values(value).flatMap(textsOf) : [];
}
