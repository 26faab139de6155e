import type { Json } from '../../../kernel/json.ts';
import { isJsonObject } from '../../../kernel/json.ts';

export const timeUnits = ['minutes', 'hours', 'days', 'weeks'] as const;
type TimeUnit = (typeof timeUnits)[number];

const milliseconds: Record<TimeUnit, number> = {
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 604_800_000,
};

/** Milliseconds of `{ amount, unit }` or of a number of minutes; undefined for anything else and for what is negative. */
export function millisecondsOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value >= 0 && Number.isFinite(value) ? value * milliseconds.minutes : undefined;
  if (!isJsonObject(value)) return undefined;
  const { amount, unit } = value;
  if (typeof amount !== 'number' || !(amount >= 0) || !Number.isFinite(amount)) return undefined;
  const known = timeUnits.find((one) => one === unit);
  return known && amount * milliseconds[known];
}
