import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';

export const columnTypes = [
  'text',
  'number',
  'integer',
  'boolean',
  'choice',
  'instant',
  'date',
  'email',
  'list',
  'object',
] as const;
export type ColumnType = (typeof columnTypes)[number];

/** One field of an event's data, as a line of a table. */
export interface SchemaRow {
  name: string;
  type: ColumnType;
  required: boolean;
  description: string;
  /** Of a choice. */
  options: string[];
  /** What else its schema says, kept as it is: bounds, patterns, what a list holds. */
  rest: JsonObject;
}

/** Keywords of the whole that a table can leave as they are. */
const plainKeywords = new Set([
  '$schema',
  '$id',
  'type',
  'title',
  'description',
  'properties',
  'required',
  'additionalProperties',
  'examples',
]);
const formats: Readonly<Partial<Record<ColumnType, string>>> = { instant: 'date-time', date: 'date', email: 'email' };
const jsonTypes: Readonly<Record<ColumnType, string>> = {
  text: 'string',
  number: 'number',
  integer: 'integer',
  boolean: 'boolean',
  choice: 'string',
  instant: 'string',
  date: 'string',
  email: 'string',
  list: 'array',
  object: 'object',
};

/** A schema as a table of its fields; undefined where a table could not say what it says. */
export function rowsOfSchema(schema: JsonObject): SchemaRow[] | undefined {
  const properties = schema['properties'] ?? {};
  if (schema['type'] !== 'object' || !isJsonObject(properties)) return undefined;
  if (Object.keys(schema).some((keyword) => !plainKeywords.has(keyword))) return undefined;
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  if (required.some((name) => typeof name !== 'string' || !Object.hasOwn(properties, name))) return undefined;
  const rows: SchemaRow[] = [];
  for (const [name, property] of Object.entries(properties)) {
    const row = isJsonObject(property) ? rowOf(name, property, required.includes(name)) : undefined;
    if (!row) return undefined;
    rows.push(row);
  }
  return rows;
}

function rowOf(name: string, property: JsonObject, required: boolean): SchemaRow | undefined {
  const { type: jsonType, format, enum: options, description = '', ...rest } = property;
  if (typeof description !== 'string' || ['$ref', 'anyOf', 'oneOf', 'allOf', 'not'].some((word) => word in rest))
    return undefined;
  const base = { name, required, description, options: [], rest };
  if (options !== undefined) {
    const isTexts = Array.isArray(options) && options.every((option) => typeof option === 'string');
    return jsonType === 'string' && isTexts && format === undefined ? { ...base, type: 'choice', options } : undefined;
  }
  const type = columnTypes.find(
    (one) => one !== 'choice' && jsonTypes[one] === jsonType && (formats[one] ?? undefined) === format,
  );
  return type && { ...base, type };
}

/** The schema with these fields; what it says beside them stays. Rows without a name are left out. */
export function schemaOfRows(schema: JsonObject, rows: readonly SchemaRow[]): JsonObject {
  const named = rows.filter((row) => row.name.trim() !== '');
  const properties = Object.fromEntries(named.map((row): [string, Json] => [row.name.trim(), propertyOf(row)]));
  const required = named.filter((row) => row.required).map((row) => row.name.trim());
  const { required: before, ...whole } = schema;
  return { ...whole, type: 'object', properties, ...(required.length > 0 || before !== undefined ? { required } : {}) };
}

function propertyOf({ type, description, options, rest }: SchemaRow): JsonObject {
  const format = formats[type];
  return {
    type: jsonTypes[type],
    ...(format === undefined ? {} : { format }),
    ...(type === 'choice' ? { enum: [...options] } : {}),
    ...(description === '' ? {} : { description }),
    ...rest,
  };
}

/** The row of another type: what was said only for the old one is dropped. */
export function withType(row: SchemaRow, type: ColumnType): SchemaRow {
  return { ...row, type, options: type === 'choice' ? row.options : [], rest: {} };
}

/** What stands twice; '' = every name once. */
export function nameTwice(rows: readonly SchemaRow[]): string {
  const seen = new Set<string>();
  for (const { name } of rows) {
    if (name !== '' && seen.has(name)) return name;
    seen.add(name);
  }
  return '';
}
