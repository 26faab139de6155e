import { isJsonObject } from '../kernel/json.ts';
import type { Json } from '../kernel/json.ts';
import type { RecordEnvelope } from './envelope.ts';

/** The value at a dotted path of a record; undefined where there is none. */
export function valueAtPath(record: RecordEnvelope, path: string): Json | undefined {
  let value: unknown = record;
  for (const name of path.split('.')) {
    if (!isJsonObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value as Json | undefined;
}
