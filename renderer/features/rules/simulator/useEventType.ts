import { useMemo } from 'react';
import { eventType } from '#shared/resources/automation/eventType.ts';
import type { EventType } from '#shared/resources/automation/eventType.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';

/** A type of the event catalogue by its name; undefined while it is read and where there is none. */
export function useEventType(module: string, code: string): EventType | undefined {
  const { rows } = useRecordList({
    kind: 'eventType',
    filters: [
      { path: 'body.module', operator: 'is', value: module },
      { path: 'body.code', operator: 'is', value: code },
    ],
    limit: 1,
  });
  const record = rows[0]?.record;
  return useMemo(() => {
    if (!record || record.body['code'] !== code) return undefined;
    const body = eventType.body.safeParse(record.body);
    return body.success ? { ...record, body: body.data } : undefined;
  }, [record, code]);
}
