import { useCallback, useSyncExternalStore } from 'react';
import type { Principal } from '#shared/domain/access/principal.ts';
import { useReplica } from './useReplica.ts';

/** The signed-in person with their rights; undefined when signed out. */
export function usePrincipal(): Principal | undefined {
  const replica = useReplica();
  const subscribe = useCallback((listener: () => void) => replica.onStatus(listener), [replica]);
  return useSyncExternalStore(subscribe, () => replica.principal());
}
