import type { Result } from '../../../kernel/result.ts';

/** A cron expression with its time zone, ready to be asked. */
export interface Schedule {
  readonly cron: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Next time after that one, in milliseconds since the epoch. */
  readonly next: (after: number) => number | undefined;
}

export function parseSchedule(_cron: string, _timeZone: string): Result<Schedule, string> {
  throw new Error('being written');
}

/** The first occurrence later than `after`; both in milliseconds since the epoch. undefined when there is none. */
export function nextOccurrence(_schedule: Schedule, _after: number): number | undefined {
  throw new Error('being written');
}

/** The next `count` occurrences later than `after`, fewer where there are fewer. */
export function occurrences(_schedule: Schedule, _after: number, _count: number): number[] {
  throw new Error('being written');
}
