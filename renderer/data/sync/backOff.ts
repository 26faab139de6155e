/** Milliseconds before attempt number `failures` + 1: doubling from half a second to half a minute, spread by `random` (0 to 1). */
export function backOff(failures: number, random: number): number {
  const full = Math.min(30_000, 500 * 2 ** Math.min(failures, 10));
  return Math.round(full * (0.5 + random / 2));
}
