import type { Options, Schema, SchemaContext, ValidationError, Validator } from 'jsonschema';
import type { Json } from '../../../kernel/json.ts';
import { failure, success } from '../../../kernel/result.ts';
import type { Result } from '../../../kernel/result.ts';
import { createDataValidator } from './dataValidator.ts';
import type { DataWork } from './dataValidator.ts';
import { schemaAt } from './schemaKeywords.ts';

/** The first thing wrong, with a path such as `data.amount` or, in a schema, `dataSchema.properties.amount.pattern`. */
export interface DataFault {
  path: string;
  /** A sentence that begins with the path. */
  message: string;
}

/** Schemas looked at in one check; references and alternatives inside each other can make endlessly many. */
const mostVisits = 50_000;
/** Lists and objects within each other. */
const deepest = 64;

interface PreparedSchema {
  schema: Schema;
  validator: Validator;
  work: DataWork;
  options: Options;
  context: SchemaContext;
}

const prepared = new WeakMap<object, PreparedSchema>();

/**
 * Whether an event's data fit the schema of its type. Schemas are recognised by identity and prepared once: keep the same
 * object. A schema is expected to have passed checkDataSchema; one that did not may refuse everything, and never throws.
 */
export function checkEventData(schema: object, data: Json): Result<undefined, DataFault> {
  if (isDeeper(data, deepest)) {
    const message = `data is nested more than ${deepest} deep; send it flatter`;
    return failure({ path: 'data', message });
  }
  let known = prepared.get(schema);
  if (!known) {
    known = prepare(schema);
    prepared.set(schema, known);
  }
  const { work, validator, options, context } = known;
  work.visitsLeft = mostVisits;
  work.patternWorkLeft = work.patternWork;
  try {
    const [first] = validator.validate(data, known.schema, options, context).errors;
    return first ? failure(faultOf(first)) : success(undefined);
  } catch (error) {
    const why =
      error instanceof RangeError ? 'they are nested too deeply' : error instanceof Error ? error.message : '';
    return failure({ path: 'data', message: `data cannot be checked with the schema of the event type: ${why}` });
  }
}

function prepare(given: object): PreparedSchema {
  const { $id: _address, id: _olderAddress, ...schema } = given as Schema;
  const { validator, work } = createDataValidator();
  const options: Options = {
    rewrite: (instance: Json) => {
      if (--work.visitsLeft < 0) throw new Error('the schema takes too many steps');
      return instance;
    },
  };
  return {
    schema,
    validator,
    work,
    options,
    context: new DataContext(schema, options, [], schemasByReference(schema)),
  };
}

/** Every reference of a schema, with what it names. Inside what was referred to, the library asks for '' instead of '#'. */
function schemasByReference(root: Schema): Record<string, Schema> {
  const found: Record<string, Schema> = { '': root };
  const open: unknown[] = [root];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one !== 'object' || one === null) continue;
    const { $ref: reference } = one as Schema;
    const target = typeof reference === 'string' ? schemaAt(root, reference) : undefined;
    if (typeof reference === 'string' && typeof target === 'object' && target !== null) found[reference] = target;
    open.push(...Object.values(one));
  }
  return found;
}

/**
 * Where a check stands. In place of the library's own, which resolves addresses and indexes the schema anew for every value:
 * here references are found by their text.
 */
class DataContext implements SchemaContext {
  readonly schema: Schema;
  readonly options: Options;
  readonly path: (string | number)[];
  readonly base = '';
  readonly schemas: Record<string, Schema>;
  readonly propertyPath = '';

  constructor(schema: Schema, options: Options, path: (string | number)[], schemas: Record<string, Schema>) {
    this.schema = schema;
    this.options = options;
    this.path = path;
    this.schemas = schemas;
  }

  resolve(reference: string): string {
    return reference;
  }

  makeChild(schema: Schema, key?: string | number): DataContext {
    return new DataContext(schema, this.options, key === undefined ? this.path : [...this.path, key], this.schemas);
  }
}

function isDeeper(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const item of Array.isArray(value) ? value : Object.values(value)) if (isDeeper(item, levels - 1)) return true;
  return false;
}

function faultOf(error: ValidationError): DataFault {
  const inside = error.name === 'required' || error.name === 'additionalProperties' ? [String(error.argument)] : [];
  const path = ['data', ...error.path, ...inside].join('.');
  return { path, message: `${path} ${sentenceOf(error)}` };
}

function sentenceOf(error: ValidationError): string {
  const { name, argument, instance } = error as { name: string; argument: unknown; instance: Json };
  switch (name) {
    case 'required':
      return 'is missing; send it with the event';
    case 'additionalProperties':
      return 'is not known to the event type; remove it, or add it to the schema';
    case 'type':
      return `is ${shown(instance)}; expected ${[argument].flat().map(String).join(' or ')}`;
    case 'enum':
      return `is ${shown(instance)}; expected one of ${[argument].flat().map(shown).join(', ')}`;
    case 'const':
      return `is ${shown(instance)}; expected ${shown(argument)}`;
    default:
      return error.message;
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
