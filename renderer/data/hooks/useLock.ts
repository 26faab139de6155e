import { useContext, useSyncExternalStore } from 'react';
import type { LockState } from '#shared/ipc/lock.ts';
import type { LockStore } from '../session/lockStore.ts';
import { LockContext } from './lockContext.ts';

/** @throws Error outside of the lock's provider: a bug of the composition root. */
export function useLock(): LockStore {
  const lock = useContext(LockContext);
  if (!lock) throw new Error('useLock needs a LockContext above it; the bootstrap provides it');
  return lock;
}

export function useLockState(): LockState {
  const lock = useLock();
  return useSyncExternalStore(lock.observe, lock.get);
}
