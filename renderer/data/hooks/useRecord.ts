import { useEffect, useState } from 'react';
import type { ReplicaRecord } from '../replicaApi.ts';
import { useReplica } from './useReplica.ts';

/** One record, live; undefined while it is read and where there is none. */
export function useRecord(kind: string, id: string): ReplicaRecord | undefined {
  const replica = useReplica();
  const [found, setFound] = useState<{ key: string; record: ReplicaRecord | undefined }>();
  const key = `${kind}/${id}`;
  useEffect(
    () => replica.observeRecord(kind, id, (record) => setFound({ key: `${kind}/${id}`, record })),
    [replica, kind, id],
  );
  return found?.key === key ? found.record : undefined;
}
