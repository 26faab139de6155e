const units = [
  { unit: 'day', size: 86_400_000 },
  { unit: 'hour', size: 3_600_000 },
  { unit: 'minute', size: 60_000 },
  { unit: 'second', size: 1000 },
] as const;

type DurationUnit = (typeof units)[number]['unit'] | 'millisecond';

export interface DurationPart {
  unit: DurationUnit;
  value: number;
}

/**
 * A length of time as a person says it: its greatest unit and the one below, `3 min 20 s`; under ten seconds with a
 * decimal, under one second in milliseconds.
 */
export function durationParts(milliseconds: number): DurationPart[] {
  const length = Math.max(0, milliseconds);
  if (length < 1000) return [{ unit: 'millisecond', value: Math.round(length) }];
  if (length < 10_000) return [{ unit: 'second', value: Math.round(length / 100) / 10 }];
  const at = units.findIndex(({ size }) => length >= size);
  const [first, second] = units.slice(at, at + 2);
  if (!first) return [];
  if (!second) return [{ unit: first.unit, value: Math.round(length / first.size) }];
  // Rounded in the smaller unit first, so that 59.9 s more are a minute and not sixty seconds.
  const whole = Math.round(length / second.size) * second.size;
  const value = Math.floor(whole / first.size);
  const rest = Math.round((whole - value * first.size) / second.size);
  return [{ unit: first.unit, value }, ...(rest === 0 ? [] : [{ unit: second.unit, value: rest }])];
}

/** The same in a language's words. */
export function durationText(milliseconds: number, formatUnit: (part: DurationPart) => string): string {
  return durationParts(milliseconds).map(formatUnit).join(' ');
}
