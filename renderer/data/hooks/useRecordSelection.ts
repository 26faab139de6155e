import { notifications } from '@mantine/notifications';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readRange } from '../list/readRange.ts';
import { mostSelected, rangeBetween, toggled, withoutRecords, withRecords } from '../list/selection.ts';
import type { Selection } from '../list/selection.ts';
import type { RecordQuery, ReplicaRecord } from '../replicaApi.ts';
import type { RecordPages } from './useRecordPages.ts';
import { useReplica } from './useReplica.ts';

export interface RecordSelection {
  selected: Selection;
  /** `range` adds every row from the one clicked last. */
  toggle: (index: number, range: boolean) => Promise<void>;
  /** Every row that matches, as many as can be selected. */
  selectAll: () => Promise<void>;
  drop: (ids: Iterable<string>) => void;
  clear: () => void;
}

const none: Selection = new Map();

/** What decides which records match; the order does not. */
const matchOf = ({ kind, tenantId, filters, search }: RecordQuery) => JSON.stringify([kind, tenantId, filters, search]);

/** The records selected in a list. Other filters or another search begin with none: nobody changes what they do not see. */
export function useRecordSelection({ list, query }: RecordPages): RecordSelection {
  const { t } = useTranslation('records');
  const replica = useReplica();
  const match = matchOf(query);
  const [kept, setKept] = useState<{ match: string; selection: Selection }>({ match, selection: none });
  const selected = kept.match === match ? kept.selection : none;
  // The row clicked last; its index holds for one order only.
  const anchor = useRef({ order: '', id: '', index: 0 });
  const reading = useRef<AbortController>(undefined);
  const shown = useRef(match);
  useEffect(() => {
    shown.current = match;
    return () => reading.current?.abort();
  }, [match]);

  const change = (next: (selection: Selection) => Selection) =>
    setKept((now) => ({ match, selection: next(now.match === match ? now.selection : none) }));
  /** Reads rows and adds them, unless something else was asked meanwhile. */
  const addRead = async (read: (signal: AbortSignal) => Promise<readonly ReplicaRecord[]>, left: () => number) => {
    reading.current?.abort();
    const mine = new AbortController();
    reading.current = mine;
    try {
      const rows = await read(mine.signal);
      if (mine.signal.aborted || shown.current !== match) return;
      change((selection) =>
        withRecords(
          selection,
          rows.map((row) => row.record),
        ),
      );
      if (left() > 0)
        notifications.show({
          title: t('list.selectedMost', { most: mostSelected }),
          message: t('list.selectedMostText'),
        });
    } catch (error) {
      if (mine.signal.aborted) return;
      const message = error instanceof Error ? error.message : String(error);
      notifications.show({ color: 'red', title: t('list.failedTitle'), message });
    }
  };

  const toggle = async (index: number, range: boolean) => {
    const row = list.rowAt(index);
    const order = JSON.stringify(query);
    const from = anchor.current.order === order ? anchor.current : undefined;
    anchor.current = { order, id: row?.record.id ?? '', index };
    if (!range || !from) {
      if (row) change((selection) => toggled(selection, row.record));
      return;
    }
    const place = list.indexOf(from.id);
    const { first, last, left } = rangeBetween(place < 0 ? from.index : place, index);
    const held = rowsBetween(list.rowAt, first, last);
    await addRead(
      (signal) => (held ? Promise.resolve(held) : readRange(replica, query, { first, last }, signal)),
      () => left,
    );
  };
  const selectAll = async () => {
    let left = 0;
    await addRead(
      async (signal) => {
        const rows: ReplicaRecord[] = [];
        const enough = new AbortController();
        await replica.readRows(
          query,
          (page) => {
            rows.push(...page);
            left = Math.max(list.count, rows.length) - mostSelected;
            if (rows.length >= mostSelected) enough.abort();
          },
          AbortSignal.any([signal, enough.signal]),
        );
        return rows;
      },
      () => left,
    );
  };
  return {
    selected,
    toggle,
    selectAll,
    drop: (ids) => change((selection) => withoutRecords(selection, ids)),
    clear: () => {
      reading.current?.abort();
      change(() => none);
    },
  };
}

/** undefined where one of the rows is not held. */
function rowsBetween(
  rowAt: (index: number) => ReplicaRecord | undefined,
  first: number,
  last: number,
): ReplicaRecord[] | undefined {
  const rows: ReplicaRecord[] = [];
  for (let index = first; index <= last; index += 1) {
    const row = rowAt(index);
    if (!row) return undefined;
    rows.push(row);
  }
  return rows;
}
