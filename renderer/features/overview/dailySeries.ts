const dayMilliseconds = 86_400_000;

/** UTC days as `YYYY-MM-DD`, oldest first, the last one holding `now` (milliseconds since the epoch). */
export function lastDays(now: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => dayOf(now - (count - 1 - index) * dayMilliseconds));
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** One row per day: counts by series. A day on which nothing of any series happened holds `null`: a gap, not a zero. */
export type DailyRow<Series extends string> = { day: string } & Record<Series, number | null>;

/**
 * Counts items per day and series over the given days. Instants are ISO 8601, or a day alone; items elsewhere in time, or
 * of a series that was not asked for, are left out. An item may count in several series, and `count` times.
 */
export function countPerDay<Item, Series extends string>(
  items: Iterable<Item>,
  days: readonly string[],
  series: readonly Series[],
  place: (item: Item) => { instant: string; series: readonly Series[]; count?: number },
): DailyRow<Series>[] {
  const counts = new Map(days.map((day) => [day, new Map<Series, number>()]));
  for (const item of items) {
    const placed = place(item);
    const ofDay = counts.get(placed.instant.slice(0, 10));
    if (!ofDay) continue;
    for (const name of placed.series) ofDay.set(name, (ofDay.get(name) ?? 0) + (placed.count ?? 1));
  }
  return days.map((day) => {
    const ofDay = counts.get(day) ?? new Map<Series, number>();
    const cells = series.map((name) => [name, ofDay.size === 0 ? null : (ofDay.get(name) ?? 0)] as const);
    return { day, ...Object.fromEntries(cells) } as DailyRow<Series>;
  });
}

/** Sum of one series over the rows; gaps count nothing. */
export function totalOf<Series extends string>(rows: readonly DailyRow<Series>[], series: Series): number {
  return rows.reduce((sum, row) => sum + (row[series] ?? 0), 0);
}
