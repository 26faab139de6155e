import type { SqlRow } from './engines/engine.ts';

/** One JSON array of the documents in the first column: a single string is what crosses to the window. */
export function jsonArray(rows: readonly SqlRow[]): string {
  return `[${rows.map(([data]) => String(data)).join(',')}]`;
}
