import { readdirSync } from 'node:fs';
import type { RouteRow } from './row.ts';

/** The rows of every file of this folder. */
export async function allRows(): Promise<RouteRow[]> {
  const folder = new URL('./', import.meta.url);
  const rows: RouteRow[] = [];
  for (const file of readdirSync(folder)) {
    const content = (await import(new URL(file, folder).href)) as Record<string, unknown>;
    for (const held of Object.values(content)) if (Array.isArray(held)) rows.push(...(held as RouteRow[]));
  }
  return rows;
}
