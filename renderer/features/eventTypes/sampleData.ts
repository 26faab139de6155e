import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';

/** Objects inside each other that are filled; deeper ones stay empty. */
const deepest = 4;

/** The example a schema carries; else data made to fit it, as far as types, formats and bounds tell. */
export function sampleOf(schema: JsonObject): JsonObject {
  const example = Array.isArray(schema['examples']) ? schema['examples'][0] : undefined;
  if (isJsonObject(example)) return example;
  const made = valueOf(schema, 0);
  return isJsonObject(made) ? made : {};
}

function valueOf(schema: JsonObject, depth: number): Json {
  const { const: constant, default: initial, enum: options, examples, type } = schema;
  if (constant !== undefined) return constant;
  if (initial !== undefined) return initial;
  if (Array.isArray(options) && options[0] !== undefined) return options[0];
  if (Array.isArray(examples) && examples[0] !== undefined) return examples[0];
  switch (String(Array.isArray(type) ? type[0] : type)) {
    case 'object': {
      const { properties } = schema;
      if (depth >= deepest || !isJsonObject(properties)) return {};
      return Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [
          name,
          isJsonObject(property) ? valueOf(property, depth + 1) : '',
        ]),
      );
    }
    case 'array':
      return depth < deepest && isJsonObject(schema['items']) ? [valueOf(schema['items'], depth + 1)] : [];
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return textOf(schema);
  }
}

function numberOf({ minimum, exclusiveMinimum, maximum }: JsonObject): number {
  if (typeof minimum === 'number') return Math.max(minimum, 1);
  if (typeof exclusiveMinimum === 'number') return exclusiveMinimum + 1;
  return typeof maximum === 'number' ? Math.min(maximum, 1) : 1;
}

function textOf({ format, pattern, minLength, maxLength }: JsonObject): string {
  switch (typeof format === 'string' ? format : '') {
    case 'email':
      return 'someone@example.com';
    case 'date-time':
      return '2026-01-15T09:00:00.000Z';
    case 'date':
      return '2026-01-15';
    case 'uri':
      return 'https://example.com/';
    default:
      break;
  }
  if (pattern === '^[A-Z]{3}$') return 'EUR';
  const least = typeof minLength === 'number' ? minLength : 0;
  const most = typeof maxLength === 'number' ? maxLength : Infinity;
  return 'example'.padEnd(least, '.').slice(0, most);
}
