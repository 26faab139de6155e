import type { Json, JsonObject } from '../../../kernel/json.ts';
import { isJsonObject } from '../../../kernel/json.ts';
import { failure, success } from '../../../kernel/result.ts';
import type { Result } from '../../../kernel/result.ts';
import { linearPattern } from '../values/linearPattern.ts';
import type { DataFault } from './checkEventData.ts';
import { inPlace, otherKeywords, schemaAt, schemaTypes, subschemas } from './schemaKeywords.ts';

/** Schemas within each other, and all together. */
const deepest = 20;
const most = 2000;

const plainReference = /^#(?:\/[\w.$-]+)*$/;

interface Walk {
  root: JsonObject;
  count: number;
}

/**
 * Whether it is a JSON Schema that events can be checked with: draft 7, with references inside itself only, patterns that run
 * in linear time, and no keyword that would be passed over silently. The fault's path begins with `dataSchema`.
 */
export function checkDataSchema(schema: Json): Result<undefined, DataFault> {
  if (!isJsonObject(schema))
    return failure({
      path: 'dataSchema',
      message: `dataSchema is ${kindOf(schema)}; expected a JSON Schema, an object`,
    });
  const fault = faultOf(schema, 'dataSchema', 0, { root: schema, count: 0 });
  return fault ? failure(fault) : success(undefined);
}

function faultOf(schema: Json, path: string, depth: number, walk: Walk): DataFault | undefined {
  const wrong = (where: string, message: string): DataFault => ({ path: where, message: `${where} ${message}` });
  if (typeof schema === 'boolean') return undefined;
  if (!isJsonObject(schema)) return wrong(path, `is ${kindOf(schema)}; expected a schema: an object, true or false`);
  if (depth > deepest) return wrong(path, `is nested more than ${deepest} deep; make the schema flatter`);
  if (++walk.count > most) return wrong(path, `is one of more than ${most} schemas; make the schema smaller`);
  for (const [keyword, value] of Object.entries(schema)) {
    const where = `${path}.${keyword}`;
    const inner = innerSchemas(keyword, value, where);
    if (inner === 'wrong') return wrong(where, `is ${kindOf(value)}; expected the shape JSON Schema gives it`);
    for (const [name, one] of inner ?? []) {
      const fault = faultOf(one, name, depth + 1, walk);
      if (fault) return fault;
    }
    const message = inner ? wrongNames(keyword, value) : wrongValue(keyword, value, schema, walk.root, depth);
    if (message) return wrong(where, message);
  }
  return undefined;
}

/** The schemas a keyword holds, with their paths; undefined for a keyword that holds none. */
function innerSchemas(keyword: string, value: Json, path: string): [string, Json][] | 'wrong' | undefined {
  const inside = (names: readonly string[]): boolean => names.includes(keyword);
  if (inside(subschemas.one)) return [[path, value]];
  if (keyword === 'items' && !Array.isArray(value)) return [[path, value]];
  if (inside(subschemas.list) || keyword === 'items') {
    if (!Array.isArray(value) || (value.length === 0 && keyword !== 'items')) return 'wrong';
    return value.map((one, index) => [`${path}.${index}`, one]);
  }
  if (inside(subschemas.named))
    return isJsonObject(value) ? Object.entries(value).map(([name, one]) => [`${path}.${name}`, one]) : 'wrong';
  if (keyword === 'dependencies') {
    if (!isJsonObject(value)) return 'wrong';
    return Object.entries(value).flatMap(([name, one]): [string, Json][] => {
      return Array.isArray(one) && one.every((item) => typeof item === 'string') ? [] : [[`${path}.${name}`, one]];
    });
  }
  return undefined;
}

function wrongNames(keyword: string, value: Json): string | undefined {
  if (!isJsonObject(value) || !subschemas.named.some((one) => one === keyword)) return undefined;
  for (const name of Object.keys(value)) {
    if (name === '__proto__') return `names the field '__proto__'; give it another name`;
    const pattern = keyword === 'patternProperties' ? linearPattern(name) : undefined;
    if (pattern && !pattern.ok) return `has the pattern '${name}', which cannot be run: ${pattern.error}`;
  }
  return undefined;
}

function wrongValue(
  keyword: string,
  value: Json,
  schema: JsonObject,
  root: JsonObject,
  depth: number,
): string | undefined {
  if (keyword === 'type') {
    const types = Array.isArray(value) ? value : [value];
    return types.length > 0 && types.every((type) => typeof type === 'string' && schemaTypes.includes(type))
      ? undefined
      : `is ${JSON.stringify(value)}; expected ${schemaTypes.join(', ')}, or a list of them`;
  }
  if (keyword === 'pattern') {
    if (typeof value !== 'string') return `is ${kindOf(value)}; expected a regular expression`;
    const pattern = linearPattern(value);
    return pattern.ok ? undefined : `is '${value}', which cannot be run: ${pattern.error}`;
  }
  if (keyword === '$ref') return wrongReference(value, schema, root);
  if (keyword === '$id' || keyword === 'id')
    return depth === 0 && typeof value === 'string' ? undefined : 'can only be a text, at the top of the schema';
  if (keyword.startsWith('x-')) return undefined;
  const expected = otherKeywords.get(keyword);
  switch (expected) {
    case undefined:
      return 'is no keyword that events are checked by; look for a slip, or remove it';
    case 'anything':
      return undefined;
    case 'list':
      return Array.isArray(value) && value.length > 0 ? undefined : `is ${kindOf(value)}; expected a list of values`;
    case 'texts':
      return Array.isArray(value) && value.every((one) => typeof one === 'string')
        ? undefined
        : `is ${kindOf(value)}; expected a list of names`;
    case 'count':
      return typeof value === 'number' && Number.isInteger(value) && value >= 0
        ? undefined
        : `is ${JSON.stringify(value)}; expected a whole number from 0`;
    case 'number':
      if (keyword === 'multipleOf' && !(typeof value === 'number' && value > 0))
        return `is ${JSON.stringify(value)}; expected a number above 0`;
      return typeof value === 'number' ? undefined : `is ${kindOf(value)}; expected a number`;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `is ${kindOf(value)}; expected true or false`;
    case 'text':
      return typeof value === 'string' ? undefined : `is ${kindOf(value)}; expected a text`;
  }
}

function wrongReference(value: Json, schema: JsonObject, root: JsonObject): string | undefined {
  if (typeof value !== 'string') return `is ${kindOf(value)}; expected a reference such as #/definitions/address`;
  if (!value.startsWith('#'))
    return `is '${value}'; only references inside the schema are followed, such as #/definitions/address`;
  if (!plainReference.test(value))
    return `is '${value}'; the names of a reference may hold letters, digits, _ - . and $`;
  const target = schemaAt(root, value);
  if (!isJsonObject(target) && typeof target !== 'boolean')
    return `is '${value}', but there is no schema at that place`;
  return leadsBack(schema, root, new Set(), new Set())
    ? `is '${value}', which leads back to itself without end`
    : undefined;
}

/** Whether a schema asks itself about the same value again. `done` are those that are known not to. */
function leadsBack(schema: Json | undefined, root: JsonObject, above: Set<object>, done: Set<object>): boolean {
  if (!isJsonObject(schema) || done.has(schema)) return false;
  if (above.has(schema)) return true;
  above.add(schema);
  const { $ref: reference } = schema;
  const next =
    typeof reference === 'string' ? [schemaAt(root, reference)] : inPlace.flatMap((keyword) => schema[keyword] ?? []);
  const found = next.some((one) => leadsBack(one as Json | undefined, root, above, done));
  above.delete(schema);
  done.add(schema);
  return found;
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
}
