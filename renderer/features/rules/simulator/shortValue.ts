import type { Json } from '#shared/kernel/json.ts';

const longest = 80;

/** A value in a few words: texts in quotation marks, lists and objects as JSON, cut where they are long. */
export function shortValue(value: Json): string {
  const text = typeof value === 'string' ? `“${value}”` : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
