import { isJsonObject } from '../../kernel/json.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';

/** A text of a JSON value and its dotted path; a key of an object stands at the path of what it holds. */
export interface PlacedText {
  path: string;
  text: string;
  isKey: boolean;
}

/** Every text of a JSON value, keys of objects included. */
export function* textsIn(value: Json | undefined, path = ''): Generator<PlacedText> {
  if (typeof value === 'string') yield { path, text: value, isKey: false };
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* textsIn(item, step(path, index));
  else if (isJsonObject(value))
    for (const [key, held] of Object.entries(value)) {
      yield { path: step(path, key), text: key, isKey: true };
      yield* textsIn(held, step(path, key));
    }
}

/** The value with every text, keys included, put through `change`. What does not change is the same object. */
export function mapTexts(value: Json, change: (placed: PlacedText) => string, path = ''): Json {
  if (typeof value === 'string') return change({ path, text: value, isKey: false });
  if (Array.isArray(value)) {
    const items = value.map((item, index) => mapTexts(item, change, step(path, index)));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value);
  const made: JsonObject = {};
  let changed = false;
  for (const [key, held] of entries) {
    const [name, next] = [
      change({ path: step(path, key), text: key, isKey: true }),
      mapTexts(held, change, step(path, key)),
    ];
    if (name !== key || next !== held) changed = true;
    let free = name;
    for (let count = 2; free !== key && Object.hasOwn(made, free); count++) free = `${name} ${count}`;
    Object.defineProperty(made, free, { value: next, enumerable: true, configurable: true, writable: true });
  }
  return changed ? made : value;
}

function step(path: string, name: string | number): string {
  return path === '' ? String(name) : `${path}.${name}`;
}
