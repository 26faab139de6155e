import { useMemo } from 'react';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { textIn } from '#shared/records/readBody.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';

/** The catalogue's entry for an event; undefined where there is none. */
export function useEventType(record: RecordEnvelope): ReplicaRecord | undefined {
  const found = useRecordList({
    kind: 'eventType',
    filters: [
      { path: 'body.module', operator: 'is', value: textIn(record.body, 'module') },
      { path: 'body.code', operator: 'is', value: textIn(record.body, 'code') },
    ],
    limit: 1,
  });
  return found.rows[0];
}

/** The schema of an event's data, the same object while the catalogue says the same. */
export function useEventSchema(record: RecordEnvelope): JsonObject | undefined {
  const type = useEventType(record);
  const text = JSON.stringify(type?.record.body['dataSchema'] ?? null);
  return useMemo(() => {
    const schema: unknown = JSON.parse(text);
    return isJsonObject(schema) ? schema : undefined;
  }, [text]);
}
