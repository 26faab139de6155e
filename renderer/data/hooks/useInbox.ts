import { useEffect, useState } from 'react';
import type { InboxEntry } from '../replicaApi.ts';
import { useReplica } from './useReplica.ts';

/** Everything that needs a decision, and what was settled, live. */
export function useInbox(): readonly InboxEntry[] {
  const replica = useReplica();
  const [entries, setEntries] = useState<readonly InboxEntry[]>([]);
  useEffect(() => replica.observeInbox(setEntries), [replica]);
  return entries;
}
