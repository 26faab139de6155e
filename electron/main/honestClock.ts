/** A clock that never goes backwards and never stands still while the console runs, however the system's is set. */
export interface HonestClock {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Takes what was kept from the last run: time does not begin before it. */
  startFrom: (latestSeen: number) => void;
}

/** `clock` may be set by anybody; `monotonic` counts the milliseconds of this process. */
export function createHonestClock(clock: () => number, monotonic: () => number): HonestClock {
  let latest = clock();
  let countedAt = monotonic();
  const now = () => {
    const count = monotonic();
    latest = Math.max(clock(), latest + count - countedAt);
    countedAt = count;
    return latest;
  };
  return {
    now,
    startFrom: (latestSeen) => {
      latest = Math.max(now(), latestSeen);
    },
  };
}
