import { describe, expect, it } from 'vitest';
import { withGaps } from './seriesGaps.ts';

describe('holes in a series', () => {
  it('the line stops where points are missing', () => {
    const points = [0, 10, 20, 60, 70].map((at) => ({ at, value: at }));
    expect(withGaps(points)).toEqual([points[0], points[1], points[2], { at: 30, value: null }, points[3], points[4]]);
  });

  it('an even, short or empty series stays as it is', () => {
    const even = [0, 10, 20].map((at) => ({ at, value: 1 }));
    expect(withGaps(even)).toEqual(even);
    expect(withGaps(even.slice(0, 1))).toEqual(even.slice(0, 1));
    expect(withGaps([])).toEqual([]);
  });
});
