import { useEffect, useState } from 'react';
import type { ReplicaRecord } from '../replicaApi.ts';
import { useReplica } from './useReplica.ts';

export type FoundRecord =
  | { state: 'reading' }
  | { state: 'found'; record: ReplicaRecord }
  /** Deleted, never there, or not for this person. */
  | { state: 'missing' };

/** One record, live, which tells "not read yet" from "not there". */
export function useFoundRecord(kind: string, id: string): FoundRecord {
  const replica = useReplica();
  const [answer, setAnswer] = useState<{ key: string; record: ReplicaRecord | undefined }>();
  const key = `${kind}/${id}`;
  useEffect(
    () => replica.observeRecord(kind, id, (record) => setAnswer({ key: `${kind}/${id}`, record })),
    [replica, kind, id],
  );
  if (answer?.key !== key) return { state: 'reading' };
  return answer.record ? { state: 'found', record: answer.record } : { state: 'missing' };
}
