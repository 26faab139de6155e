import { useCallback, useSyncExternalStore } from 'react';
import type { SyncStatus } from '../replicaApi.ts';
import { useReplica } from './useReplica.ts';

/** The state of the synchronisation, live. */
export function useSyncStatus(): SyncStatus {
  const replica = useReplica();
  const subscribe = useCallback((listener: () => void) => replica.onStatus(listener), [replica]);
  return useSyncExternalStore(subscribe, () => replica.status());
}
