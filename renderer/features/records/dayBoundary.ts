import dayjs from 'dayjs';

/** The instant at which a day `YYYY-MM-DD` is met first in a list, by the clock of this machine: its beginning, or in a descending list its end. */
export function dayBoundary(day: string, descending: boolean): string {
  const here = dayjs(day);
  return (descending ? here.endOf('day') : here.startOf('day')).toISOString();
}
