import { useEffect, useState } from 'react';

/** Whole seconds until a moment (milliseconds since the epoch), counted down; 0 = it has come. */
export function useCountdown(until: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const tick = () => setNow(Date.now());
    // The last tick may be that of an earlier moment.
    const first = setTimeout(tick, 0);
    const timer = until > Date.now() ? setInterval(tick, 500) : undefined;
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [until]);
  return Math.max(0, Math.ceil((until - now) / 1000));
}
