import { expect, it } from 'vitest';
import { runsPerDay } from './runsPerDay.ts';

it('puts runs into their days, and leaves a gap where nothing ran', () => {
  const { rows, total, ended, succeeded } = runsPerDay(
    [
      { values: ['success', '2026-06-01'], count: 4 },
      { values: ['failed', '2026-06-01'], count: 1 },
      { values: ['waiting', '2026-06-03'], count: 2 },
      { values: ['success', '2026-05-01'], count: 9 },
    ],
    ['2026-06-01', '2026-06-02', '2026-06-03'],
  );
  expect(rows).toEqual([
    { day: '2026-06-01', success: 4, partial: 0, failed: 1, other: 0 },
    { day: '2026-06-02', success: null, partial: null, failed: null, other: null },
    { day: '2026-06-03', success: 0, partial: 0, failed: 0, other: 2 },
  ]);
  expect([total, ended, succeeded]).toEqual([7, 5, 4]);
});
