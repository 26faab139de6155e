import { Validator, ValidatorResult } from 'jsonschema';
import type { Options, Schema, SchemaContext } from 'jsonschema';
import { canonicalJson } from '../../../kernel/canonicalJson.ts';
import { isJsonObject } from '../../../kernel/json.ts';
import { linearPattern, longestTested, mostWork } from '../values/linearPattern.ts';
import { hasFormat } from './dataFormats.ts';

/** What one check may still do. */
export interface DataWork {
  visitsLeft: number;
  /** Of regular expressions: what a check begins with, and what is left. */
  patternWork: number;
  patternWorkLeft: number;
}

/** The library answers '' for what is right. */
const right = '';

/** A validator whose patterns run in linear time, whose formats are our own, and whose uniqueness is checked in linear time. */
export function createDataValidator(): { validator: Validator; work: DataWork } {
  const validator = new Validator();
  const work: DataWork = { visitsLeft: 0, patternWork: 2 * mostWork, patternWorkLeft: 0 };

  const matches = (source: string, text: string): boolean => {
    const pattern = linearPattern(source);
    if (!pattern.ok) throw new Error(`the regular expression '${source}' cannot be run: ${pattern.error}`);
    const effort = pattern.value.workFor(text.length);
    work.patternWorkLeft -= effort;
    if (text.length > longestTested || effort > mostWork || work.patternWorkLeft < 0)
      throw new Error(`there is too much text for the regular expression '${source}'`);
    return pattern.value.test(text);
  };

  validator.attributes['pattern'] = (instance: unknown, { pattern }: Schema) =>
    typeof instance !== 'string' || matches(String(pattern), instance)
      ? right
      : `does not match the pattern ${String(pattern)}`;

  validator.attributes['format'] = (instance: unknown, { format = '' }: Schema) =>
    typeof instance !== 'string' || hasFormat(instance, format) ? right : `is no ${format}`;

  validator.attributes['uniqueItems'] = (instance: unknown, { uniqueItems }: Schema) =>
    uniqueItems !== true || !Array.isArray(instance) || new Set(instance.map(keyOf)).size === instance.length
      ? right
      : 'holds the same item twice';

  validator.attributes['patternProperties'] = (
    instance: unknown,
    schema: Schema,
    options: Options,
    context: SchemaContext,
  ) => {
    const result = new ValidatorResult(instance, schema, options, context);
    if (!isJsonObject(instance)) return result;
    const { patternProperties = {}, properties = {}, additionalProperties: others } = schema;
    const check = (name: string, one: Schema | boolean): void => {
      const inner = validator.validate(instance[name], one as Schema, options, context.makeChild(one as Schema, name));
      result.errors.push(...inner.errors);
    };
    for (const name of Object.keys(instance)) {
      const fitting = Object.keys(patternProperties).filter((pattern) => matches(pattern, name));
      for (const pattern of fitting) check(name, patternProperties[pattern] ?? {});
      if (fitting.length > 0 || Object.hasOwn(properties, name) || others === undefined) continue;
      if (others !== false) check(name, others);
      else result.addError({ name: 'additionalProperties', argument: name, message: 'is not allowed' });
    }
    return result;
  };
  return { validator, work };
}

/** The same for equal values. Half surrogate pairs, which canonical JSON refuses, are compared as they are written. */
function keyOf(value: unknown): string {
  try {
    return canonicalJson(value);
  } catch (error) {
    if (error instanceof TypeError) return JSON.stringify(value);
    throw error;
  }
}
