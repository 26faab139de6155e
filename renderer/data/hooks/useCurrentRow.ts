import { useState } from 'react';
import type { RecordPages } from './useRecordPages.ts';

interface CurrentRow {
  /** -1 = none. */
  index: number;
  /** '' while the row is not read. */
  id: string;
}

const none: CurrentRow = { index: -1, id: '' };

/** The row that keys act on. It follows its record while the list changes, and is none once the list is another. */
export function useCurrentRow({ list, query }: RecordPages): readonly [CurrentRow, (index: number) => void] {
  const subject = JSON.stringify(query);
  const [kept, setKept] = useState({ subject, row: none });
  const before = kept.subject === subject ? kept.row : none;
  const place = before.id === '' ? -1 : list.indexOf(before.id);
  const row: CurrentRow =
    before.id === ''
      ? { index: before.index, id: list.rowAt(before.index)?.record.id ?? '' }
      : { index: place < 0 ? before.index : place, id: before.id };
  // Kept when it changed by itself, so that the next change of the list finds it.
  if (row.index !== before.index || row.id !== before.id) setKept({ subject, row });
  return [row, (index) => setKept({ subject, row: { index, id: list.rowAt(index)?.record.id ?? '' } })];
}
