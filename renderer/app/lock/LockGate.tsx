import type { ReactNode } from 'react';
import { useCallback, useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { LockContext } from '#renderer/data/hooks/lockContext.ts';
import type { Replica } from '#renderer/data/replicaApi.ts';
import type { LockStore } from '#renderer/data/session/lockStore.ts';
import type { AppInfo } from '#shared/ipc/contract.ts';
import classes from './Lock.module.css';
import { LockScreen } from './LockScreen.tsx';
import { hidePages } from './hidePages.ts';
import { keyGate } from './keyGate.ts';
import { useIdleLock } from './useIdleLock.ts';

interface LockGateProps {
  replica: Replica;
  lock: LockStore;
  info: AppInfo;
  children: ReactNode;
}

/**
 * Shows the pages, or the lock screen instead. Locked pages live on outside of the document: nothing of a record can be seen
 * or inspected there, and what was typed is where it was afterwards.
 */
export function LockGate({ replica, lock, info, children }: LockGateProps) {
  const [pages] = useState(() => host(classes.host));
  const [screen] = useState(() => host(classes.host));
  const subscribe = useCallback((listener: () => void) => replica.onStatus(listener), [replica]);
  const signedIn = useSyncExternalStore(subscribe, () => replica.status().connection !== 'signed_out');
  const locked = useSyncExternalStore(lock.observe, () => lock.get().locked !== '') && signedIn;
  useIdleLock(lock, signedIn && !locked);
  useLayoutEffect(() => {
    document.body.append(pages);
    return () => pages.remove();
  }, [pages]);
  useLayoutEffect(() => {
    if (!locked) return undefined;
    document.body.append(screen);
    const show = hidePages(screen);
    keyGate.close();
    return () => {
      keyGate.open();
      screen.remove();
      show();
    };
  }, [locked, screen]);
  // A lock by the shell leaves no focus behind that keys would go to.
  useEffect(() => {
    if (locked) screen.querySelector<HTMLElement>('input')?.focus();
  }, [locked, screen]);
  return (
    <LockContext value={lock}>
      {createPortal(children, pages)}
      {locked && createPortal(<LockScreen replica={replica} info={info} />, screen)}
    </LockContext>
  );
}

function host(className: string | undefined): HTMLDivElement {
  const made = document.createElement('div');
  made.className = className ?? '';
  return made;
}
