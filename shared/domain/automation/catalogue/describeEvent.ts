import type { JsonObject } from '../../../kernel/json.ts';

/** What a field of an event's data holds; the catalogue's JSON Schema and sample values both follow from it. */
export type DataField =
  | 'id'
  | 'person'
  | 'email'
  | 'title'
  | 'percent'
  | 'number'
  | 'money'
  | 'currency'
  | 'count'
  | 'reason'
  | 'word'
  | 'code'
  | 'severity'
  | 'instant'
  | 'flag';

export interface CatalogueEntry {
  module: string;
  code: string;
  description: { en: string; ar: string; fr: string };
  data: Readonly<Record<string, { holds: DataField; required: boolean }>>;
}

const schemas: Readonly<Record<DataField, JsonObject>> = {
  id: { type: 'string', minLength: 1, maxLength: 64 },
  person: { type: 'string', maxLength: 200 },
  email: { type: 'string', format: 'email' },
  title: { type: 'string', maxLength: 400 },
  percent: { type: 'number', minimum: 0 },
  number: { type: 'number' },
  /** In minor units. */
  money: { type: 'integer' },
  currency: { type: 'string', pattern: '^[A-Z]{3}$' },
  count: { type: 'integer', minimum: 0 },
  reason: { type: 'string', maxLength: 2000 },
  word: { type: 'string', maxLength: 200 },
  code: { type: 'string', minLength: 1, maxLength: 32 },
  severity: { type: 'string', enum: ['low', 'medium', 'high', 'critical'] },
  instant: { type: 'string', format: 'date-time' },
  flag: { type: 'boolean' },
};

/** An entry by its full name, `module.code`; a field whose name ends in `?` may be left out. */
export function describeEvent(
  name: string,
  description: CatalogueEntry['description'],
  data: Readonly<Record<string, DataField>>,
): CatalogueEntry {
  const dot = name.indexOf('.');
  const fields = Object.entries(data).map(
    ([field, holds]) => [field.replace('?', ''), { holds, required: !field.endsWith('?') }] as const,
  );
  return { module: name.slice(0, dot), code: name.slice(dot + 1), description, data: Object.fromEntries(fields) };
}

/** JSON Schema of the data. Fields that it does not name are allowed. */
export function dataSchemaOf(entry: CatalogueEntry): JsonObject {
  const fields = Object.entries(entry.data);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, { holds }]) => [name, { ...schemas[holds] }])),
    required: fields.filter(([, { required }]) => required).map(([name]) => name),
  };
}
