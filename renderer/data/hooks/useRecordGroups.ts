import { useEffect, useState } from 'react';
import type { GroupCount, RecordQuery } from '../replicaApi.ts';
import { useReplica } from './useReplica.ts';

interface GroupsAsked {
  query: RecordQuery;
  by: readonly { path: string; prefix?: number }[];
}

/**
 * How many records a query finds per combination of values, live and exactly; undefined until they were counted. A query
 * that says the same is the same; the groups of another query are never shown.
 */
export function useRecordGroups(query: RecordQuery, by: GroupsAsked['by']): readonly GroupCount[] | undefined {
  const replica = useReplica();
  const key = JSON.stringify({ query, by } satisfies GroupsAsked);
  const [found, setFound] = useState<{ key: string; groups: readonly GroupCount[] }>();
  useEffect(() => {
    const asked: GroupsAsked = JSON.parse(key);
    return replica.observeGroups(asked.query, asked.by, (groups) => setFound({ key, groups }));
  }, [replica, key]);
  return found?.key === key ? found.groups : undefined;
}
