import { describe, expect, it } from 'vitest';
import { daysBefore, medianOf, ruleFigures } from './ruleFigures.ts';

const days = daysBefore(Date.UTC(2026, 5, 14, 23, 59), 14);
const group = (ruleId: string, status: string, day: string, count: number) => ({
  values: [ruleId, status, day],
  count,
});

describe('how the rules of a list did', () => {
  it('counts fourteen days that end today', () => {
    expect([days[0], days.at(-1), days.length]).toEqual(['2026-06-01', '2026-06-14', 14]);
  });

  it('tells the rate of the ended runs, the days and the week', () => {
    const figures = ruleFigures(
      [
        group('a', 'success', '2026-06-14', 7),
        group('a', 'failed', '2026-06-14', 1),
        group('a', 'partial', '2026-06-02', 2),
        group('a', 'cancelled', '2026-06-10', 5),
        group('a', 'running', '2026-06-14', 1),
        group('b', 'waiting', '2026-06-13', 1),
      ],
      days,
    );
    expect(figures.get('a')?.rate).toBe(0.7);
    expect(figures.get('a')?.week).toBe(14);
    expect(figures.get('a')?.days.at(-1)).toEqual({ good: 8, bad: 1 });
    expect(figures.get('a')?.days[1]).toEqual({ good: 0, bad: 2 });
    expect(figures.get('b')).toMatchObject({ rate: undefined, week: 1 });
  });

  it('leaves out what lies outside the days', () => {
    expect(ruleFigures([group('a', 'success', '2026-05-31', 3)], days).size).toBe(0);
  });
});

describe('the median of grouped numbers', () => {
  it('counts every value as often as it occurs, and leaves out what is no number', () => {
    const groups = [
      { values: [900], count: 1 },
      { values: [10], count: 3 },
      { values: [200], count: 3 },
      { values: [-1.7976931348623157e308], count: 50 },
    ];
    expect(medianOf(groups)).toBe(200);
    expect(medianOf([])).toBeUndefined();
  });
});
