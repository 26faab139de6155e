import { useEffect, useMemo, useRef, useState } from 'react';
import type { PagedList, PageReader, RecordQuery, Replica } from '../replicaApi.ts';
import { useReplica } from './useReplica.ts';

export interface RecordPages {
  list: PagedList;
  /** The query that `list` answers: for a moment still the one before. */
  query: RecordQuery;
  reader: Pick<PageReader, 'show' | 'positionOf'>;
}

/** One query being read. */
interface Reading {
  replica: Replica;
  query: RecordQuery;
  reader: PageReader | undefined;
  closed: boolean;
}

function close(one: Reading | undefined): void {
  if (!one || one.closed) return;
  one.closed = true;
  one.reader?.close();
}

const reading: PagedList = {
  count: 0,
  counted: false,
  total: 0,
  state: 'reading',
  rowAt: () => undefined,
  indexOf: () => -1,
};
/** Rows in sight before anybody said how many they are. */
const firstRows = 60;

/**
 * A list of any length, live. A query that says the same is the same, whatever object it is. Until another query of the
 * same kind is answered for the first time the rows before stay, and stay up to date.
 */
export function useRecordPages(query: RecordQuery): RecordPages {
  const replica = useReplica();
  const key = JSON.stringify(query);
  const [found, setFound] = useState<{ reading: Reading; list: PagedList }>();
  const shown = useRef<Reading>(undefined);
  const latest = useRef<Reading>(undefined);
  const rows = useRef(firstRows);

  useEffect(() => {
    const asked: Reading = { replica, query: JSON.parse(key), reader: undefined, closed: false };
    latest.current = asked;
    asked.reader = replica.observePages(asked.query, (list) => {
      if (asked.closed) return;
      const before = shown.current;
      if (before !== asked) {
        if (list.state === 'reading' && before?.replica === replica && before.query.kind === asked.query.kind) return;
        close(before);
        shown.current = asked;
        asked.reader?.show(0, rows.current - 1);
      }
      setFound({ reading: asked, list });
    });
    if (shown.current === asked) asked.reader.show(0, rows.current - 1);
    return () => {
      if (shown.current !== asked) close(asked);
    };
  }, [replica, key]);
  useEffect(
    () => () => {
      close(shown.current);
      shown.current = undefined;
    },
    [],
  );

  const reader = useMemo(
    () => ({
      show: (first: number, last: number) => {
        rows.current = last - first + 1;
        (shown.current ?? latest.current)?.reader?.show(first, last);
      },
      positionOf: async (value: Parameters<PageReader['positionOf']>[0]) =>
        (await (shown.current ?? latest.current)?.reader?.positionOf(value)) ?? 0,
    }),
    [],
  );
  return found?.reading.replica === replica && found.reading.query.kind === query.kind
    ? { list: found.list, query: found.reading.query, reader }
    : { list: reading, query, reader };
}
