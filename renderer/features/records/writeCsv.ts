import type { RecordQuery, Replica, ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { csvHead, csvLines } from '#renderer/data/list/csvRows.ts';

/** Characters that the shell saves at most: `saveTextSchema` of shared/ipc/contract.ts. */
export const mostCharacters = 256 * 1024 * 1024;

export interface CsvColumns {
  header: readonly string[];
  /** Reads whatever the cells of these rows need, names for example; then they can be written at once. */
  prepare: (rows: readonly ReplicaRecord[]) => Promise<unknown>;
  cells: (row: ReplicaRecord) => readonly string[];
}

export type CsvOutcome = { type: 'written'; text: string; rows: number } | { type: 'too_large' } | { type: 'stopped' };

/**
 * Every row of a list as a CSV file, page by page; between pages the window is free. Rejects where the list cannot be
 * read.
 */
export async function writeCsv(
  replica: Pick<Replica, 'readRows'>,
  query: RecordQuery,
  columns: CsvColumns,
  onRows: (written: number) => void,
  signal: AbortSignal,
  limit: number = mostCharacters,
): Promise<CsvOutcome> {
  const full = new AbortController();
  const over = AbortSignal.any([signal, full.signal]);
  const parts = [csvHead(columns.header)];
  let characters = parts.join('').length;
  let rows = 0;
  const write = async (page: readonly ReplicaRecord[]): Promise<void> => {
    if (over.aborted) return;
    await columns.prepare(page);
    const part = csvLines(page.map(columns.cells));
    characters += part.length;
    if (characters > limit) {
      full.abort();
      return;
    }
    parts.push(part);
    rows += page.length;
    onRows(rows);
  };
  await replica.readRows(query, write, over);
  if (signal.aborted) return { type: 'stopped' };
  if (full.signal.aborted) return { type: 'too_large' };
  return { type: 'written', text: parts.join(''), rows };
}
