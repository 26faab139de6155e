import type { RecordEnvelope } from '#shared/records/envelope.ts';

/** The records chosen, as they were when they were chosen, by id. They may be out of sight and no longer held. */
export type Selection = ReadonlyMap<string, RecordEnvelope>;

/** Records that can be selected at once. */
export const mostSelected = 10_000;

/** The selection after one row was clicked. */
export function toggled(selection: Selection, record: RecordEnvelope): Selection {
  const next = new Map(selection);
  if (!next.delete(record.id) && next.size < mostSelected) next.set(record.id, record);
  return next;
}

/** The selection with more records, the first of them only where they are too many. */
export function withRecords(selection: Selection, records: Iterable<RecordEnvelope>): Selection {
  const next = new Map(selection);
  for (const record of records) {
    if (next.size >= mostSelected && !next.has(record.id)) break;
    next.set(record.id, record);
  }
  return next;
}

export function withoutRecords(selection: Selection, ids: Iterable<string>): Selection {
  const next = new Map(selection);
  for (const id of ids) next.delete(id);
  return next;
}

/** The rows from the one clicked last to this one, no more of them than can be selected; `left` are beyond that. */
export function rangeBetween(anchor: number, index: number): { first: number; last: number; left: number } {
  const length = Math.min(mostSelected, Math.abs(index - anchor) + 1);
  const left = Math.abs(index - anchor) + 1 - length;
  return index >= anchor
    ? { first: anchor, last: anchor + length - 1, left }
    : { first: anchor - length + 1, last: anchor, left };
}
