import { instantOf } from './instant.ts';

const minute = 60_000;

/**
 * When a date trigger is due, in milliseconds since the epoch: so many minutes after the instant or day (midnight UTC) that the
 * field holds, before it when negative. undefined when the field holds neither.
 */
export function dueAt(value: unknown, offsetMinutes: number): number | undefined {
  const instant = instantOf(value);
  return instant === undefined ? undefined : instant + offsetMinutes * minute;
}
