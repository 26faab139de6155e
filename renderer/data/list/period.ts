/** Stretches of time that end now, as lists offer them. */
export const periods = ['hour', 'day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

const minute = 60_000;
const hour = 60 * minute;
const lengths: Readonly<Record<Period, number>> = { hour, day: 24 * hour, week: 168 * hour, month: 720 * hour };

/**
 * The first instant of a period that ends at `now` (milliseconds since the epoch), ISO 8601; cut to the minute, so that a
 * list asks the same for a while.
 */
export function periodStart(period: Period, now: number): string {
  return new Date(Math.floor((now - lengths[period]) / minute) * minute).toISOString();
}
