import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json } from '#shared/kernel/json.ts';

/** Whether every text in it is valid Unicode: what holds half of a surrogate pair cannot be hashed or signed. */
export function isWellFormed(value: Json): boolean {
  // JSON escapes nothing else as `\ud…`, so that most values are settled without a walk.
  return !JSON.stringify(value).includes('\\ud') || JSON.stringify(wellFormed(value)) === JSON.stringify(value);
}

/** The same with halves of surrogate pairs replaced by U+FFFD. */
export function wellFormed(value: Json): Json {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key.toWellFormed(), wellFormed(held)]));
}
