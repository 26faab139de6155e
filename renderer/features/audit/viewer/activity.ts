/** Entries of one person by weekday and hour, and by day, in the time of this computer. */
export interface Activity {
  total: number;
  /** Seven weekdays from Monday, 24 hours each. */
  hours: number[][];
  /** One per day, the oldest first. */
  days: { day: string; count: number; first: string; last: string }[];
}

const hourInMilliseconds = 3_600_000;

/**
 * Sorts counts of UTC hours (`2026-03-04T05`) into the local week and into the local days that end with `now` (milliseconds
 * since the epoch).
 */
export function activityOf(counts: readonly { hour: string; count: number }[], now: number, days: number): Activity {
  const hours = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  const byDay = new Map<string, number>();
  let total = 0;
  for (const { hour, count } of counts) {
    const at = new Date(`${hour}:00:00.000Z`);
    if (Number.isNaN(at.getTime())) continue;
    total += count;
    const row = hours[(at.getDay() + 6) % 7];
    if (row) row[at.getHours()] = (row[at.getHours()] ?? 0) + count;
    byDay.set(localDay(at), (byDay.get(localDay(at)) ?? 0) + count);
  }
  const today = new Date(now);
  return {
    total,
    hours,
    days: Array.from({ length: days }, (_, index) => {
      const first = new Date(today.getFullYear(), today.getMonth(), today.getDate() - (days - 1 - index));
      const next = new Date(first.getFullYear(), first.getMonth(), first.getDate() + 1);
      const day = localDay(first);
      return {
        day,
        count: byDay.get(day) ?? 0,
        first: first.toISOString(),
        last: new Date(next.getTime() - 1).toISOString(),
      };
    }),
  };
}

/** The first UTC hour that the local days need, as the log writes instants. */
export function activityStart(now: number, days: number): string {
  const today = new Date(now);
  const first = new Date(today.getFullYear(), today.getMonth(), today.getDate() - (days - 1));
  return new Date(Math.floor(first.getTime() / hourInMilliseconds) * hourInMilliseconds - 1).toISOString();
}

/** 0 to 4: how much of the busiest there is. */
export function levelOf(count: number, most: number): number {
  return count === 0 || most === 0 ? 0 : Math.max(1, Math.ceil((count / most) * 4));
}

function localDay(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
