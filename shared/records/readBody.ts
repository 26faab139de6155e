import type { JsonObject } from '../kernel/json.ts';

/**
 * Readers for one top-level field of a body that may lack it, because the person may not see it. For lists of many
 * records, where parsing every body would cost too much.
 */
export function textIn(body: JsonObject, name: string): string {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  return typeof value === 'string' ? value : '';
}

/** The number in the field, or `otherwise`. */
export function numberIn(body: JsonObject, name: string, otherwise = 0): number {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  return typeof value === 'number' ? value : otherwise;
}
