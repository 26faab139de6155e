import { useEffect, useState } from 'react';
import type { OutboxEntry } from '../replicaApi.ts';
import { useReplica } from './useReplica.ts';

/** Every unsent edit, live. */
export function useOutbox(): readonly OutboxEntry[] {
  const replica = useReplica();
  const [entries, setEntries] = useState<readonly OutboxEntry[]>([]);
  useEffect(() => replica.observeOutbox(setEntries), [replica]);
  return entries;
}
