import { describe, expect, it } from 'vitest';
import { countPerDay, lastDays, totalOf } from './dailySeries.ts';

describe('counts per day', () => {
  const days = lastDays(Date.parse('2026-03-02T10:00:00.000Z'), 4);

  it('ends today and crosses the month', () => {
    expect(days).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
  });

  it('an empty day is a gap, a day with only the other series a zero', () => {
    const items = [
      { at: '2026-02-28T23:59:59.000Z', failed: false },
      { at: '2026-03-02T00:00:00.000Z', failed: true },
      { at: '2025-01-01T00:00:00.000Z', failed: true },
      { at: '', failed: true },
    ];
    const rows = countPerDay(items, days, ['all', 'failed'], (item) => ({
      instant: item.at,
      series: item.failed ? ['all', 'failed'] : ['all'],
    }));
    expect(rows).toEqual([
      { day: '2026-02-27', all: null, failed: null },
      { day: '2026-02-28', all: 1, failed: 0 },
      { day: '2026-03-01', all: null, failed: null },
      { day: '2026-03-02', all: 1, failed: 1 },
    ]);
    expect(totalOf(rows, 'all')).toBe(2);
  });

  it('groups that were counted elsewhere are added up', () => {
    const groups = [
      { values: ['2026-03-01', 'failed'], count: 3 },
      { values: ['2026-03-01', 'processed'], count: 4 },
      { values: ['2026-03-01', 'pending'], count: 5 },
      { values: ['', 'failed'], count: 9 },
    ];
    const rows = countPerDay(groups, days, ['other', 'failed'], ({ values: [day, status], count }) => ({
      instant: day ?? '',
      series: [status === 'failed' ? 'failed' : 'other'],
      count,
    }));
    expect(rows[2]).toEqual({ day: '2026-03-01', other: 9, failed: 3 });
    expect(totalOf(rows, 'failed')).toBe(3);
  });
});
