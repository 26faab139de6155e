import { useEffect } from 'react';
import type { LockStore } from '#renderer/data/session/lockStore.ts';

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
/** Milliseconds. */
const lookEvery = 5000;

/** Locks when nobody touched the console for as long as the person set. By the clock, so that sleep counts. */
export function useIdleLock(lock: LockStore, watching: boolean): void {
  useEffect(() => {
    if (!watching) return undefined;
    let touchedAt = Date.now();
    const touched = () => (touchedAt = Date.now());
    for (const sign of signs) window.addEventListener(sign, touched, { capture: true, passive: true });
    const timer = setInterval(() => {
      const minutes = lock.settings().lockAfterMinutes;
      if (minutes > 0 && Date.now() - touchedAt >= minutes * 60_000) void lock.lock('idle');
    }, lookEvery);
    return () => {
      clearInterval(timer);
      for (const sign of signs) window.removeEventListener(sign, touched, { capture: true });
    };
  }, [lock, watching]);
}
