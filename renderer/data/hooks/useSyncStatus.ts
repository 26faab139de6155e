import { useCallback, useSyncExternalStore } from 'react';
import type { SyncStatus } from '../replicaApi.ts';
import { useReplica } from './useReplica.ts';

/** The state of the synchronisation, live. It changes many times a second while data comes. */
export function useSyncStatus(): SyncStatus {
  return useSyncPart(whole);
}

/** One part of it: the component is drawn again only when that part is another value or another object. */
export function useSyncPart<Part>(select: (status: SyncStatus) => Part): Part {
  const replica = useReplica();
  const subscribe = useCallback((listener: () => void) => replica.onStatus(listener), [replica]);
  return useSyncExternalStore(subscribe, () => select(replica.status()));
}

const whole = (status: SyncStatus) => status;
