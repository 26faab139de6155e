import { describe, expect, it } from 'vitest';
import { errorPattern, failedGroups } from './failedGroups.ts';

describe('failed events by cause', () => {
  it('take numbers, ids, times and quoted values out of an error', () => {
    expect(errorPattern("tenant '0190f3a1' has no field 17")).toBe("tenant '…' has no field …");
    expect(errorPattern('run 0190f3a1-5c1e-7c3a-9d2b-0123456789ab stopped at 2026-06-14T12:00:00.000Z')).toBe(
      'run … stopped at …',
    );
    expect(errorPattern('connection refused')).toBe('connection refused');
  });

  it('belong together when only those differ, the largest group first', () => {
    const groups = failedGroups([
      { values: ['schema', "data.amount is 'a', expected a number"], count: 2 },
      { values: ['schema', "data.amount is 'b', expected a number"], count: 5 },
      { values: ['depth', "data.amount is 'b', expected a number"], count: 1 },
      { values: ['internal', 'disk full'], count: 9 },
    ]);
    expect(groups.map(({ failure, count }) => [failure, count])).toEqual([
      ['internal', 9],
      ['schema', 7],
      ['depth', 1],
    ]);
    expect(groups[1]?.errors).toEqual([
      "data.amount is 'b', expected a number",
      "data.amount is 'a', expected a number",
    ]);
  });
});
