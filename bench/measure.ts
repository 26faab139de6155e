/** One measured value with what it takes to repeat it. */
export interface Measure {
  name: string;
  unit:
    | 'µs'
    | 'ms'
    | 's'
    | 'rows/s'
    | 'documents/s'
    | 'events/s'
    | 'runs/s'
    | 'MB'
    | 'KiB'
    | 'bytes'
    | 'rows'
    | 'times';
  value: number;
  /** How many observations stand behind the value. */
  n: number;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}
