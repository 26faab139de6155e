import { describe, expect, it } from 'vitest';
import { countOf, totalCount } from './groupCounts.ts';

describe('counts of groups', () => {
  const groups = [
    { values: ['ACTIVE', 'free'], count: 3 },
    { values: ['ACTIVE', 'starter'], count: 4 },
    { values: ['SUSPENDED', 'free'], count: 1 },
  ];

  it('add up to all records, and to those of one value', () => {
    expect(totalCount(groups)).toBe(8);
    expect(countOf(groups, 'ACTIVE')).toBe(7);
    expect(countOf(groups, 'ARCHIVED')).toBe(0);
  });

  it('not counted yet is not none', () => {
    expect(totalCount(undefined)).toBeUndefined();
    expect(totalCount([])).toBe(0);
  });
});
