/** A distance from a date as it is typed: so many of a unit, before or after. */
export interface Offset {
  amount: number;
  unit: 'minutes' | 'hours' | 'days';
  side: 'before' | 'after';
}

export const minutesOf = { minutes: 1, hours: 60, days: 1440 } as const;

/** The distance in a unit where it is whole in it, else in its largest whole unit. */
export function offsetOf(minutes: number, wanted?: Offset['unit']): Offset {
  const side = minutes < 0 ? 'before' : 'after';
  const length = Math.abs(minutes);
  const largest = length % 1440 === 0 ? 'days' : length % 60 === 0 ? 'hours' : 'minutes';
  const unit = wanted && length % minutesOf[wanted] === 0 ? wanted : largest;
  return { amount: length / minutesOf[unit], unit, side };
}

/** In minutes; negative = before. */
export function offsetMinutes({ amount, unit, side }: Offset): number {
  const minutes = Math.round(amount * minutesOf[unit]);
  return side === 'before' && minutes !== 0 ? -minutes : minutes;
}
