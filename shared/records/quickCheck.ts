import type * as z from 'zod';
import { isJsonObject } from '../kernel/json.ts';

type Check = (value: unknown) => boolean;
type Schema = z.core.$ZodType;

/** What is read of a schema's definition here; which of it is there depends on its type. */
interface Definition {
  type: string;
  checks?: readonly { _zod: { def: CheckDefinition } }[];
  format?: string;
  check?: string;
  coerce?: boolean;
  pattern?: RegExp;
  shape?: Readonly<Record<string, Schema>>;
  catchall?: Schema;
  element?: Schema;
  keyType?: Schema;
  valueType?: Schema;
  mode?: string;
  options?: readonly Schema[];
  inclusive?: boolean;
  innerType?: Schema;
  values?: readonly unknown[];
  entries?: Readonly<Record<string, unknown>>;
}

interface CheckDefinition {
  check: string;
  format?: string;
  pattern?: RegExp;
  minimum?: number;
  maximum?: number;
  value?: unknown;
  inclusive?: boolean;
}

const known = new WeakMap<Schema, Check>();

/**
 * A test that is many times faster than the schema where no code may be made from text, as in the window. True = the schema
 * takes the JSON value; false = ask the schema, which has the last word and says what is wrong. What the schema would make of
 * the value (defaults, trimmed text, unknown keys left out) is not looked at.
 */
export function quickCheckOf(schema: Schema): Check {
  const found = known.get(schema);
  if (found) return found;
  // Schemas may hold themselves; whoever asks meanwhile is served when the check is made.
  let made: Check = never;
  known.set(schema, (value) => made(value));
  made = checkOf(schema);
  known.set(schema, made);
  return made;
}

const never: Check = () => false;

/** Exact only for what it knows; any other part of a schema is asked itself. */
function checkOf(schema: Schema): Check {
  const definition = schema._zod.def as Definition;
  const tests = (definition.checks ?? []).map((one) => testOf(one._zod.def));
  const own = definition.type === 'lazy' ? lazyCheck(schema as z.core.$ZodLazy) : typeCheck(definition);
  if (!own || tests.includes(undefined)) return (value) => isTaken(schema, value);
  const all = [own, ...tests.filter((test) => test !== undefined)];
  if (all.length === 1) return own;
  return (value) => all.every((test) => test(value));
}

function isTaken(schema: Schema, value: unknown): boolean {
  return (schema as z.ZodType).safeParse(value).success;
}

function typeCheck(definition: Definition): Check | undefined {
  if (definition.coerce) return undefined;
  switch (definition.type) {
    case 'string':
      return stringCheck(definition);
    case 'number':
      if (definition.format === undefined) return Number.isFinite;
      return definition.format === 'safeint' ? Number.isSafeInteger : undefined;
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'null':
      return (value) => value === null;
    case 'unknown':
    case 'any':
      return (value) => value !== undefined;
    case 'literal':
      return memberCheck(definition.values ?? []);
    case 'enum':
      return enumCheck(Object.values(definition.entries ?? {}));
    case 'array':
      return definition.element && arrayCheck(definition.element);
    case 'object':
      return definition.catchall ? undefined : objectCheck(definition.shape ?? {});
    case 'record':
      return recordCheck(definition);
    case 'union':
      return definition.inclusive === false ? undefined : unionCheck(definition.options ?? []);
    case 'optional':
    case 'default':
      return definition.innerType && orCheck(undefined, definition.innerType);
    case 'nullable':
      return definition.innerType && orCheck(null, definition.innerType);
    default:
      return undefined;
  }
}

function stringCheck({ check, format, pattern }: Definition): Check | undefined {
  if (check === undefined) return (value) => typeof value === 'string';
  const matches = check === 'string_format' && format === 'datetime' && pattern ? patternTest(pattern) : undefined;
  return matches && ((value) => typeof value === 'string' && matches(value));
}

/** Of a value whose type was looked at before. Undefined = not known here. */
function testOf(definition: CheckDefinition): Check | undefined {
  const { check, format, pattern, minimum, maximum, value: bound, inclusive } = definition;
  const lengthOf = (value: unknown) => (value as string | unknown[]).length;
  switch (check) {
    case 'min_length':
      return minimum === undefined ? undefined : (value) => lengthOf(value) >= minimum;
    case 'max_length':
      return maximum === undefined ? undefined : (value) => lengthOf(value) <= maximum;
    case 'string_format':
      return format === 'regex' && pattern ? patternTest(pattern) : undefined;
    case 'greater_than':
      if (typeof bound !== 'number') return undefined;
      return inclusive ? (value) => (value as number) >= bound : (value) => (value as number) > bound;
    case 'less_than':
      if (typeof bound !== 'number') return undefined;
      return inclusive ? (value) => (value as number) <= bound : (value) => (value as number) < bound;
    default:
      return undefined;
  }
}

/** A pattern that goes on from where it was says another thing each time. */
function patternTest(pattern: RegExp): Check | undefined {
  return pattern.global || pattern.sticky ? undefined : (value) => pattern.test(value as string);
}

function memberCheck(values: readonly unknown[]): Check | undefined {
  if (!values.every((one) => one === null || ['string', 'number', 'boolean'].includes(typeof one))) return undefined;
  const members = new Set(values);
  return (value) => members.has(value);
}

/** An enum of numbers also holds its names. */
function enumCheck(values: readonly unknown[]): Check | undefined {
  return values.every((one) => typeof one === 'string') ? memberCheck(values) : undefined;
}

function lazyCheck(schema: z.core.$ZodLazy): Check {
  return (value) => quickCheckOf(schema._zod.innerType)(value);
}

function arrayCheck(element: Schema): Check {
  const check = quickCheckOf(element);
  return (value) => Array.isArray(value) && value.every(check);
}

function objectCheck(shape: Readonly<Record<string, Schema>>): Check {
  const fields = Object.entries(shape).map(([name, schema]) => ({ name, check: quickCheckOf(schema) }));
  return (value) => {
    if (!isJsonObject(value)) return false;
    for (const { name, check } of fields) if (!check(value[name])) return false;
    return true;
  };
}

function recordCheck({ keyType, valueType, mode }: Definition): Check | undefined {
  const key = keyType?._zod.def as Definition | undefined;
  const isAnyText = key?.type === 'string' && key.check === undefined && (key.checks ?? []).length === 0;
  if (!isAnyText || !valueType || mode === 'loose') return undefined;
  const check = quickCheckOf(valueType);
  return (value) => {
    if (!isJsonObject(value)) return false;
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return false;
    // A schema leaves a key of this name out.
    for (const name of Object.keys(value)) if (name === '__proto__' || !check(value[name])) return false;
    return true;
  };
}

function unionCheck(options: readonly Schema[]): Check {
  const checks = options.map(quickCheckOf);
  return (value) => {
    for (const check of checks) if (check(value)) return true;
    return false;
  };
}

function orCheck(also: null | undefined, inner: Schema): Check {
  const check = quickCheckOf(inner);
  return (value) => value === also || check(value);
}
