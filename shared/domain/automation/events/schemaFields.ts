import type { Json, JsonObject } from '../../../kernel/json.ts';
import { isJsonObject } from '../../../kernel/json.ts';
import type { FieldType } from '../conditions/operatorsFor.ts';
import { schemaAt } from './schemaKeywords.ts';

/** A field that can be picked. */
export interface SchemaField {
  /** Dotted, within the data: `amount`, `customer.email`. */
  path: string;
  type: FieldType;
  description?: string;
  /** Of a choice. */
  options?: string[];
}

/** Objects within each other that are looked into, and fields in all. */
const deepest = 6;
const most = 500;

/**
 * The fields that a JSON Schema of an event's data describes, objects before what is in them; local references are followed,
 * though not into themselves, and what `allOf`, `anyOf` and `oneOf` add is taken together. Names with a dot cannot be paths and are left out.
 */
export function schemaFields(schema: JsonObject): SchemaField[] {
  const fields = new Map<string, SchemaField>();
  collect(schema, schema, '', [], fields);
  return [...fields.values()];
}

/** `above` are the schemas that `schema` stands in. */
function collect(
  root: JsonObject,
  schema: Json,
  prefix: string,
  above: JsonObject[],
  fields: Map<string, SchemaField>,
): void {
  if (above.length > deepest) return;
  for (const part of partsOf(root, schema, 0)) {
    const { properties } = part;
    if (!isJsonObject(properties) || above.includes(part)) continue;
    for (const [name, described] of Object.entries(properties)) {
      if (name === '' || name.includes('.') || fields.size >= most) continue;
      const path = prefix + name;
      if (!fields.has(path)) fields.set(path, fieldOf(root, described, path));
      collect(root, described, `${path}.`, [...above, part], fields);
    }
  }
}

/** A schema with what it takes in from elsewhere. */
function partsOf(root: JsonObject, schema: Json | undefined, depth: number): JsonObject[] {
  if (!isJsonObject(schema) || depth > deepest) return [];
  const { $ref: reference, allOf, anyOf, oneOf } = schema;
  if (typeof reference === 'string') return partsOf(root, schemaAt(root, reference) as Json | undefined, depth + 1);
  const taken = [allOf, anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return [schema, ...taken.flatMap((one) => partsOf(root, one, depth + 1))];
}

function fieldOf(root: JsonObject, schema: Json, path: string): SchemaField {
  const parts = partsOf(root, schema, 0);
  const field: SchemaField = { path, type: 'any' };
  const types = new Set(parts.map(typeOf).filter((type) => type !== 'any'));
  const [only] = types;
  if (types.size === 1 && only) field.type = only;
  const description = [schema, ...parts].map((part) =>
    isJsonObject(part) ? (part['description'] ?? part['title']) : '',
  );
  const text = description.find((one) => typeof one === 'string' && one !== '');
  if (typeof text === 'string') field.description = text;
  if (field.type === 'choice') field.options = [...new Set(parts.flatMap(optionsOf))];
  return field;
}

const plainTypes = new Map<Json | undefined, FieldType>([
  ['number', 'number'],
  ['integer', 'number'],
  ['boolean', 'boolean'],
  ['array', 'list'],
  ['object', 'object'],
]);

function typeOf(schema: JsonObject): FieldType {
  const { type, format } = schema;
  const named = (Array.isArray(type) ? type : [type]).filter((one) => one !== 'null');
  if (optionsOf(schema).length > 0) return 'choice';
  if (named.length !== 1) return isJsonObject(schema['properties']) ? 'object' : 'any';
  if (named[0] === 'string') return format === 'date-time' ? 'instant' : format === 'date' ? 'date' : 'text';
  return plainTypes.get(named[0]) ?? 'any';
}

/** The texts a value must be one of; empty where it may be something else too. */
function optionsOf(schema: JsonObject): string[] {
  const listed = Array.isArray(schema['enum']) ? schema['enum'] : 'const' in schema ? [schema['const']] : [];
  const texts = listed.filter((one) => typeof one === 'string');
  return texts.length === listed.filter((one) => one !== null).length ? texts : [];
}
