import { describe, expect, it } from 'vitest';
import { isNarrowed, listFiltersOf, noRuleFilters } from './ruleFilters.ts';

describe('the filters of the rules', () => {
  it('ask nothing where nothing is chosen', () => {
    expect([isNarrowed(noRuleFilters), listFiltersOf(noRuleFilters, ['r'])]).toEqual([false, []]);
  });

  it('ask for everything that is chosen', () => {
    const filters = {
      ...noRuleFilters,
      scope: 'platform' as const,
      trigger: 'event' as const,
      active: 'paused' as const,
      tag: 'billing',
      failing: true,
    };
    expect(isNarrowed(filters)).toBe(true);
    expect(listFiltersOf(filters, ['r1', 'r2'])).toEqual([
      { path: 'tenantId', operator: 'is_empty' },
      { path: 'body.trigger', operator: 'contains', value: '"type":"event"' },
      { path: 'body.isActive', operator: 'is', value: false },
      { path: 'body.tags', operator: 'contains', value: 'billing' },
      { path: 'id', operator: 'in', value: ['r1', 'r2'] },
    ]);
  });

  it('find no rule when none fails', () => {
    expect(listFiltersOf({ ...noRuleFilters, failing: true }, [])).toEqual([{ path: 'id', operator: 'in', value: [] }]);
  });
});
