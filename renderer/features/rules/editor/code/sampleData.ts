import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';

/** Data that a JSON Schema describes, the same every time: its examples and defaults, else plain values of the right type. */
export function sampleData(schema: JsonObject, now: string): JsonObject {
  const made = sampleOf(schema, '', now);
  return isJsonObject(made) ? made : {};
}

function sampleOf(schema: JsonObject, name: string, now: string): Json {
  const { examples, enum: choices } = schema;
  if (schema['const'] !== undefined) return schema['const'];
  if (Array.isArray(examples) && examples[0] !== undefined) return examples[0];
  if (schema['default'] !== undefined) return schema['default'];
  if (Array.isArray(choices) && choices[0] !== undefined) return choices[0];
  const type = Array.isArray(schema['type']) ? schema['type'].find((one) => one !== 'null') : schema['type'];
  if (type === 'object' || (type === undefined && isJsonObject(schema['properties']))) return objectOf(schema, now);
  if (type === 'array') return isJsonObject(schema['items']) ? [sampleOf(schema['items'], name, now)] : [];
  if (type === 'integer' || type === 'number') return numberIn(schema);
  if (type === 'boolean') return true;
  return type === 'string' ? textOf(schema, name, now) : null;
}

function objectOf({ properties }: JsonObject, now: string): JsonObject {
  const entries = Object.entries(isJsonObject(properties) ? properties : {});
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, isJsonObject(inner) ? sampleOf(inner, key, now) : null]),
  );
}

function numberIn({ minimum, maximum }: JsonObject): number {
  const low = typeof minimum === 'number' ? minimum : 0;
  const high = typeof maximum === 'number' ? maximum : Math.max(low, 42);
  return Math.min(high, Math.max(low, 42));
}

function textOf({ format, minLength }: JsonObject, name: string, now: string): string {
  if (format === 'date-time') return now;
  if (format === 'date') return now.slice(0, 10);
  if (format === 'email' || /e?mail$/i.test(name)) return 'amina@example.com';
  if (format === 'uri') return 'https://example.com/';
  const text = name === '' ? 'text' : name;
  return typeof minLength === 'number' ? text.padEnd(minLength, 'x') : text;
}
