import { expect, it } from 'vitest';
import { dueAfter, urgencyOf } from './deadline.ts';

const now = Date.parse('2026-06-15T12:00:00.000Z');

it.each([
  ['received', '2026-06-15T11:59:59.000Z', 'overdue'],
  ['received', '', 'overdue'],
  ['failed', '2026-06-22T12:00:00.000Z', 'soon'],
  ['running', '2026-06-22T12:00:01.000Z', 'ample'],
  ['done', '2026-01-01T00:00:00.000Z', 'ended'],
  ['refused', '2026-01-01T00:00:00.000Z', 'ended'],
] as const)('%s, due %s: %s', (status, dueAt, expected) => {
  expect(urgencyOf(status, dueAt, now)).toBe(expected);
});

it('a request is due thirty days after it came', () => {
  expect(dueAfter('2026-01-15T08:00:00.000Z')).toBe('2026-02-14T08:00:00.000Z');
});
