import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionOperators } from '#shared/resources/automation/condition.ts';
import type { Comparison, ConditionGroup } from '#shared/resources/automation/condition.ts';
import { conditionsOf, problemPath, queryOf } from './queryModel.ts';

const comparisons: fc.Arbitrary<Comparison> = fc.record(
  {
    type: fc.constant('comparison' as const),
    field: fc.string({ minLength: 1 }),
    operator: fc.constantFrom(...conditionOperators),
    value: fc.jsonValue() as fc.Arbitrary<never>,
    valueSource: fc.constantFrom('value' as const, 'field' as const),
  },
  { requiredKeys: ['type', 'field', 'operator'] },
);
const { group } = fc.letrec<{ group: ConditionGroup; any: ConditionGroup | Comparison }>((tie) => ({
  group: fc.record({
    type: fc.constant('group' as const),
    match: fc.constantFrom('and', 'or', 'not'),
    conditions: fc.array(tie('any'), { maxLength: 4 }),
  }),
  any: fc.oneof({ depthSize: 'small', withCrossShrink: true }, comparisons, tie('group')),
}));

describe('conditions and the query builder', () => {
  it('come back as they were, whatever their shape', () => {
    fc.assert(
      fc.property(group, (conditions) => {
        expect(conditionsOf(queryOf(conditions))).toEqual(conditions);
      }),
    );
  });

  it('have the same ids whenever they are the same', () => {
    fc.assert(
      fc.property(group, (conditions) => {
        expect(queryOf(conditions)).toEqual(queryOf(structuredClone(conditions)));
      }),
    );
  });

  it('name the same place', () => {
    expect(problemPath([0, 2])).toBe('conditions.0.conditions.2');
    expect(problemPath([])).toBe('');
  });
});
