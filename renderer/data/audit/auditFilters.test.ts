import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditActions } from '#shared/resources/audit/auditEntry.ts';
import { actionGroups, groupOfAction } from './actionGroups.ts';
import {
  aroundMoment,
  conditionsOf,
  filtersOfQuery,
  narrowedFields,
  noAuditFilters,
  queryOfFilters,
} from './auditFilters.ts';

const now = Date.parse('2026-03-04T05:06:07.000Z');

describe('filters of the log in an address', () => {
  it('come back as they were', () => {
    const filters = {
      ...noAuditFilters,
      view: 'security' as const,
      text: 'a & b=ü',
      actions: ['login', 'denied'],
      resources: ['tenant'],
      from: '2026-01-01T00:00:00.000Z',
      number: '12',
    };
    expect(filtersOfQuery(queryOfFilters(filters))).toEqual(filters);
    expect(queryOfFilters(noAuditFilters)).toBe('');
  });

  it('are what could have been chosen, whatever the address says', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        const filters = filtersOfQuery(query);
        expect(filtersOfQuery(queryOfFilters(filters))).toEqual(filters);
      }),
    );
    expect(filtersOfQuery('action=login,nonsense&view=x&from=yesterday&number=-1')).toEqual({
      ...noAuditFilters,
      actions: ['login'],
    });
  });
});

describe('filters of the log as conditions', () => {
  it('a view and what is chosen in it both hold', () => {
    const found = conditionsOf({ ...noAuditFilters, view: 'mine', actions: ['login'] }, 'staff-1', now);
    expect(found).toEqual([
      { path: 'body.actorId', operator: 'is', value: 'staff-1' },
      { path: 'body.action', operator: 'in', value: ['login'] },
    ]);
  });

  it('a moment has five minutes on either side, ends included', () => {
    expect(conditionsOf(aroundMoment('2026-03-04T05:00:00.000Z'), '', now)).toEqual([
      { path: 'body.at', operator: 'between', value: ['2026-03-04T04:55:00.000Z', '2026-03-04T05:05:00.000Z'] },
    ]);
  });

  it('an open end includes the instant it begins with', () => {
    const from = '2026-03-04T05:00:00.000Z';
    expect(conditionsOf({ ...noAuditFilters, from }, '', now)).toEqual([
      { path: 'body.at', operator: 'greater', value: '2026-03-04T04:59:59.999Z' },
    ]);
  });

  it('names the fields that narrow', () => {
    expect(narrowedFields({ ...noAuditFilters, view: 'mine' })).toEqual([]);
    expect(narrowedFields({ ...noAuditFilters, period: 'day', actions: ['login'] })).toEqual(['actions', 'period']);
  });
});

describe('groups of actions', () => {
  it('hold every action once', () => {
    expect(Object.values(actionGroups).flat().sort()).toEqual([...auditActions].sort());
    expect(groupOfAction('denied')).toBe('access');
  });
});
