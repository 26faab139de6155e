import { expect, it } from 'vitest';
import { periodStart } from '#renderer/data/list/period.ts';
import { isNarrowed, listFiltersOf, noRunFilters } from './runFilters.ts';

const now = Date.parse('2026-06-14T12:34:56.000Z');

it('narrows runs by state, rule and period, and by nothing where nothing is chosen', () => {
  expect([isNarrowed(noRunFilters), listFiltersOf(noRunFilters, now)]).toEqual([false, []]);
  expect(listFiltersOf({ ...noRunFilters, states: ['failed'], ruleId: 'r', period: 'day' }, now)).toEqual([
    { path: 'status', operator: 'in', value: ['failed'] },
    { path: 'body.ruleId', operator: 'is', value: 'r' },
    { path: 'body.startedAt', operator: 'greater', value: '2026-06-13T12:34:00.000Z' },
  ]);
});

it('asks the same question within a minute', () => {
  expect(periodStart('hour', now)).toBe(periodStart('hour', now + 3000));
});
