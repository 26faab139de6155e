import { expect, it } from 'vitest';
import { minuteRows } from './minuteRows.ts';

it('makes rows of minutes, with a gap where nothing happened', () => {
  const minutes = [
    { minute: '2026-06-14T12:00:00Z', processed: 3, failed: 0, received: 4 },
    { minute: '2026-06-14T12:01:00Z', processed: 0, failed: 0, received: 1 },
  ];
  expect(minuteRows(minutes, ({ processed, failed }) => ({ processed, failed }))).toEqual([
    { day: '2026-06-14T12:00:00Z', processed: 3, failed: 0 },
    { day: '2026-06-14T12:01:00Z', processed: null, failed: null },
  ]);
});
