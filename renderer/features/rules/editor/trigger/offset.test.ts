import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offsetMinutes, offsetOf } from './offset.ts';

describe('a distance from a date', () => {
  it('is read in its largest whole unit', () => {
    expect(offsetOf(-4320)).toEqual({ amount: 3, unit: 'days', side: 'before' });
    expect(offsetOf(1440, 'hours')).toEqual({ amount: 24, unit: 'hours', side: 'after' });
    expect(offsetOf(90, 'hours')).toEqual({ amount: 90, unit: 'minutes', side: 'after' });
    expect(offsetOf(90)).toEqual({ amount: 90, unit: 'minutes', side: 'after' });
    expect(offsetOf(0)).toEqual({ amount: 0, unit: 'days', side: 'after' });
  });

  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5_256_000, max: 5_256_000 }), (minutes) => {
        expect(offsetMinutes(offsetOf(minutes))).toBe(minutes);
      }),
    );
  });
});
