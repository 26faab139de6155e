const units = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** The distance from `now` to `at` (milliseconds since the epoch) in its largest whole unit; negative = past. */
export function describeDistance(
  at: number,
  now: number,
): { value: number; unit: 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second' } {
  const distance = at - now;
  for (const [unit, length] of units) {
    if (Math.abs(distance) >= length) return { value: Math.trunc(distance / length), unit };
  }
  return { value: Math.trunc(distance / 1000), unit: 'second' };
}
