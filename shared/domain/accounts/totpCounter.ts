/** Seconds for which a time-based code is shown (RFC 6238). */
export const totpPeriod = 30;
/** Steps before and after the current one that are accepted too, for clocks that differ and people who type. */
export const totpWindow = 1;

/**
 * The step whose code was typed, when it may be accepted: within the window and later than the last one accepted, because a
 * code works once (RFC 6238, 5.2). `delta` is how far the matching step lies from the current one; null = no step matches.
 * `now` in milliseconds since the epoch. undefined = refused.
 */
export function acceptedTotpCounter(delta: number | null, now: number, lastAccepted: number): number | undefined {
  if (delta === null || Math.abs(delta) > totpWindow) return undefined;
  const counter = Math.floor(now / 1000 / totpPeriod) + delta;
  return counter > lastAccepted ? counter : undefined;
}
