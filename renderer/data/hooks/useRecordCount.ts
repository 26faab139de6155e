import { useEffect, useState } from 'react';
import type { RecordQuery } from '../replicaApi.ts';
import { useReplica } from './useReplica.ts';

/**
 * How many records a query finds, live and exactly; undefined until it was counted. A query that says the same is the
 * same; the figure of another query is never shown, since nobody could see that it is not this one's.
 */
export function useRecordCount(query: RecordQuery): number | undefined {
  const replica = useReplica();
  const key = JSON.stringify(query);
  const [found, setFound] = useState<{ key: string; count: number }>();
  useEffect(() => {
    const asked: RecordQuery = JSON.parse(key);
    return replica.observeCount(asked, (count) => setFound({ key, count }));
  }, [replica, key]);
  return found?.key === key ? found.count : undefined;
}
