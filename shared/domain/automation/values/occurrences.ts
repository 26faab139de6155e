import { Cron } from 'croner';
import { failure, success } from '../../../kernel/result.ts';
import type { Result } from '../../../kernel/result.ts';

/** A cron expression with its time zone, ready to be asked. */
export interface Schedule {
  readonly cron: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Never started: it only computes. */
  readonly pattern: Cron;
}

const names = ['minute', 'hour', 'day of the month', 'month', 'day of the week'];
const nicknames = ['@hourly', '@daily', '@midnight', '@weekly', '@monthly', '@yearly', '@annually'];
/** From here a run is looked for, to tell whether a schedule ever comes true: before a leap day. */
const leapCycle = Date.UTC(2024, 1, 28);

/**
 * Reads a cron expression of five fields: minute, hour, day of the month, month, day of the week, with names (MON, JAN), lists,
 * ranges, steps, `L`, `W`, `#`, and `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`. Days of the month and of the week given
 * together mean either, as in Vixie's cron.
 *
 * Daylight saving, in the schedule's zone: a schedule of fixed times (no `*` or step among minutes and hours: `30 2 * * *`, `0
 * 2,14 * * *`) runs once where its time comes twice, the first time, and right after the gap where its time is skipped. One that
 * repeats (`0,15,30,45 * * * *`) runs at every instant whose clock fits: not in the gap, and in both of the doubled hours.
 */
export function parseSchedule(cron: string, timeZone: string): Result<Schedule, string> {
  const text = cron.trim();
  const fields = text.split(/\s+/);
  if (text.startsWith('@') && !nicknames.includes(text))
    return failure(`'${cron}' is not known; use ${nicknames.join(', ')}, or five fields: ${names.join(', ')}`);
  if (text.includes('?')) return failure(`'${cron}' has a '?', which depends on when it is read; use '*'`);
  if (!text.startsWith('@') && fields.length > 5)
    return failure(
      `'${cron}' has ${fields.length} fields, so it may run more than once a minute; give five: ${names.join(', ')}`,
    );
  if (!text.startsWith('@') && fields.length < 5)
    return failure(`'${cron}' has ${text === '' ? 0 : fields.length} fields; five are needed: ${names.join(', ')}`);
  if (!isTimeZone(timeZone))
    return failure(`the time zone '${timeZone}' is not known; use an IANA name such as Europe/Paris`);
  try {
    const pattern = new Cron(text, { timezone: timeZone, mode: '5-part', paused: true, fixedTimeRule: 'no-wildcard' });
    if (!pattern.nextRun(new Date(leapCycle)))
      return failure(`'${cron}' never comes true; look at the day of the month and the month`);
    return success({ cron: text, timeZone, pattern });
  } catch (error) {
    return failure(`'${cron}' is no cron expression: ${sayWhy(error)}`);
  }
}

/** The first occurrence later than `after`; both in milliseconds since the epoch. undefined when there is none. */
export function nextOccurrence(schedule: Schedule, after: number): number | undefined {
  return schedule.pattern.nextRun(new Date(after))?.getTime();
}

/** The next `count` occurrences later than `after`, fewer where there are fewer. */
export function occurrences(schedule: Schedule, after: number, count: number): number[] {
  const found: number[] = [];
  let last: number | undefined = after;
  while (found.length < count) {
    last = nextOccurrence(schedule, last);
    if (last === undefined) break;
    found.push(last);
  }
  return found;
}

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function sayWhy(error: unknown): string {
  return error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
}
