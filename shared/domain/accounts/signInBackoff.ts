/** Failures in a row of one account, wherever they came from. Moments in milliseconds since the epoch. */
export interface AccountFailures {
  failures: number;
  /** Until when no attempt is looked at; 0 = they are. */
  lockedUntil: number;
}

/** Failures within a window that began with the first of them. */
export interface WindowFailures {
  failures: number;
  endsAt: number;
}

/** Failures of an account that cost nothing but the attempt. */
export const freeFailures = 5;
const firstDelay = 30_000;
const longestDelay = 15 * 60_000;
/** Milliseconds after which an account's failures are forgotten when no other follows. */
export const failuresKept = 24 * 3600 * 1000;

const window = 5 * 60_000;
/** How many failures a window of five minutes bears: of one account from one address, and of one address for all accounts. */
export const windowLimits = { pair: 5, address: 50 } as const;

/**
 * The fifth failure in a row locks an account for half a minute, every further one for twice as long, up to fifteen minutes.
 * What is tried while it is locked is not looked at and does not count.
 */
export function afterAccountFailure(before: AccountFailures | undefined, now: number): AccountFailures {
  const failures = (before?.failures ?? 0) + 1;
  if (failures < freeFailures) return { failures, lockedUntil: 0 };
  const delay = Math.min(longestDelay, firstDelay * 2 ** (failures - freeFailures));
  return { failures, lockedUntil: now + delay };
}

/** One failure more in the window that is open, or the first of a new one. */
export function afterWindowFailure(before: WindowFailures | undefined, now: number): WindowFailures {
  return before && before.endsAt > now
    ? { failures: before.failures + 1, endsAt: before.endsAt }
    : { failures: 1, endsAt: now + window };
}

export interface Standing {
  account: AccountFailures | undefined;
  pair: WindowFailures | undefined;
  address: WindowFailures | undefined;
}

/** Milliseconds until an attempt is looked at again (0 = now), and how many may fail until then. */
export function attemptsLeft({ account, pair, address }: Standing, now: number): { wait: number; left: number } {
  const open = (counted: WindowFailures | undefined, limit: number) =>
    counted && counted.endsAt > now
      ? { left: Math.max(0, limit - counted.failures), wait: counted.failures >= limit ? counted.endsAt - now : 0 }
      : { left: limit, wait: 0 };
  const [ofPair, ofAddress] = [open(pair, windowLimits.pair), open(address, windowLimits.address)];
  const locked = Math.max(0, (account?.lockedUntil ?? 0) - now);
  // A locked account whose delay is over has one attempt, then the next delay.
  const ofAccount = Math.max(1, freeFailures - (account?.failures ?? 0));
  return {
    wait: Math.max(locked, ofPair.wait, ofAddress.wait),
    left: locked > 0 ? 0 : Math.min(ofAccount, ofPair.left, ofAddress.left),
  };
}
