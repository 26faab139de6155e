import { useMemo } from 'react';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import type { SessionRecord } from '#shared/resources/access/session.ts';
import { asSession } from './sessionFacts.ts';

/** Sessions this person may see, last seen first; of one person where an id is given. */
export function useSessions(staffId = ''): { state: 'reading' | 'ready' | 'failed'; all: readonly SessionRecord[] } {
  const list = useRecordList({
    kind: 'session',
    filters: staffId === '' ? [] : [{ path: 'body.staffId', operator: 'is', value: staffId }],
    sort: [{ path: 'body.lastSeenAt', descending: true }],
    limit: 5000,
  });
  return useMemo(
    () => ({ state: list.state, all: list.rows.flatMap(({ record }) => asSession(record) ?? []) }),
    [list],
  );
}
