import { describe, expect, it } from 'vitest';
import { historyQuery } from './historyQuery.ts';
import { instantsOf } from './simulationPeriod.ts';

const now = Date.parse('2026-03-10T12:00:00.000Z');

describe('a stretch of local history', () => {
  it('goes back so many days from now', () => {
    const query = historyQuery({ period: { type: 'days', days: 7 }, tenantId: 'a', pattern: '' }, now);
    expect(query).toMatchObject({ kind: 'event', tenantId: 'a' });
    expect(query.filters).toEqual([
      { path: 'body.occurredAt', operator: 'greater', value: '2026-03-03T12:00:00.000Z' },
    ]);
  });

  it('holds both days of a range in full, by the clock here', () => {
    const { from = '', to = '' } = instantsOf({ type: 'between', from: '2026-03-01', to: '2026-03-02' }, now);
    expect(Date.parse(to) - Date.parse(from)).toBe(2 * 24 * 3600 * 1000 - 1);
    expect(new Date(from).getHours()).toBe(0);
  });

  it('reads only the module that a pattern names', () => {
    const filtersOf = (pattern: string) =>
      historyQuery({ period: { type: 'all' }, tenantId: '', pattern }, now).filters;
    expect(filtersOf('lms.**')).toEqual([{ path: 'body.module', operator: 'is', value: 'lms' }]);
    expect(filtersOf('*.failed')).toEqual([]);
    expect(filtersOf('not a pattern')).toEqual([]);
  });
});
