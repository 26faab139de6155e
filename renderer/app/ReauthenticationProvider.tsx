import type { ReactNode } from 'react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { ReauthenticationContext } from '#renderer/data/hooks/reauthenticationContext.ts';
import { ReauthenticationDialog } from './ReauthenticationDialog.tsx';

/** Asks for a proof of who one is, once at a time: acts that wait for it share the dialog and its answer. */
export function ReauthenticationProvider({ children }: { children: ReactNode }) {
  const [asking, setAsking] = useState(false);
  const waiting = useRef<((proved: boolean) => void)[]>([]);
  const prove = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        waiting.current.push(resolve);
        setAsking(true);
      }),
    [],
  );
  const settle = useCallback((proved: boolean) => {
    setAsking(false);
    for (const resolve of waiting.current.splice(0)) resolve(proved);
  }, []);
  const context = useMemo(() => ({ prove }), [prove]);
  return (
    <ReauthenticationContext value={context}>
      {children}
      {asking && <ReauthenticationDialog onProved={() => settle(true)} onClose={() => settle(false)} />}
    </ReauthenticationContext>
  );
}
