/** A stretch of history: so many days up to now, everything, or from one day to another, both included. */
export type Period = { type: 'days'; days: number } | { type: 'all' } | { type: 'between'; from: string; to: string };

export const presetDays = [1, 7, 30, 90] as const;

const dayInMilliseconds = 24 * 3600 * 1000;

/**
 * First and last instant of a period, ISO 8601; undefined = no end on that side. Days are `YYYY-MM-DD` by the clock of this
 * machine; `now` is in milliseconds since the epoch.
 */
export function instantsOf(period: Period, now: number): { from: string | undefined; to: string | undefined } {
  switch (period.type) {
    case 'days':
      return { from: new Date(now - period.days * dayInMilliseconds).toISOString(), to: undefined };
    case 'all':
      return { from: undefined, to: undefined };
    case 'between':
      return { from: startOfDay(period.from, 0), to: startOfDay(period.to, 1) };
  }
}

function startOfDay(day: string, daysLater: number): string {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater, 0, 0, 0, -daysLater).toISOString();
}
