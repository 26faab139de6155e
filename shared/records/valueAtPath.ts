import { isJsonObject } from '../kernel/json.ts';
import type { Json } from '../kernel/json.ts';
import type { RecordEnvelope } from './envelope.ts';

/** The value at a dotted path of a record; undefined where there is none. */
export function valueAtPath(record: RecordEnvelope, path: string): Json | undefined {
  return valueAtSteps(record, path.split('.'));
}

/** The same for any value and a path taken apart already, for whoever reads many by one path. */
export function valueAtSteps(held: unknown, steps: readonly string[]): Json | undefined {
  let value = held;
  for (const name of steps) {
    if (!isJsonObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value as Json | undefined;
}
