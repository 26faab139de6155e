import { useEffect, useState } from 'react';
import type { RecordList, RecordQuery } from '../replicaApi.ts';
import { useReplica } from './useReplica.ts';

const reading: RecordList = { rows: [], count: 0, total: 0, state: 'reading' };

/** The records a query finds, live, `limit` of them at most. A query that says the same is the same, whatever object it is. */
export function useRecordList(query: RecordQuery): RecordList {
  const replica = useReplica();
  const key = JSON.stringify(query);
  const [found, setFound] = useState<{ kind: string; list: RecordList }>();
  useEffect(() => {
    const asked: RecordQuery = JSON.parse(key);
    return replica.observeList(asked, (list) => setFound({ kind: asked.kind, list }));
  }, [replica, key]);
  return found?.kind === query.kind ? found.list : reading;
}
