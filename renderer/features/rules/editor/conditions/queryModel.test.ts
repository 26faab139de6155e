import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionOperators } from '#shared/resources/automation/condition.ts';
import type { Comparison, ConditionGroup } from '#shared/resources/automation/condition.ts';
import { changeComparison, conditionsOf, problemPath, queryOf, withOperator } from './queryModel.ts';

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

  it('change one comparison and keep the ids of all', () => {
    const one: Comparison = { type: 'comparison', field: 'event.data.a', operator: 'equals', value: 1 };
    const whole: ConditionGroup = {
      type: 'group',
      match: 'and',
      conditions: [one, { type: 'group', match: 'or', conditions: [one, one] }],
    };
    const query = queryOf(whole);
    const changed = changeComparison(query, [1, 0], (held) => ({ ...held, field: 'event.data.b' }));
    expect(conditionsOf(changed)).toEqual({
      ...whole,
      conditions: [one, { type: 'group', match: 'or', conditions: [{ ...one, field: 'event.data.b' }, one] }],
    });
    expect(JSON.stringify(changed).match(/"id":"[^"]*"/g)).toEqual(JSON.stringify(query).match(/"id":"[^"]*"/g));
  });

  it('take a value over to another operator as far as it fits', () => {
    const one: Comparison = { type: 'comparison', field: 'f', operator: 'equals', value: 5 };
    expect(withOperator(one, 'between').value).toEqual([5, null]);
    expect(withOperator(one, 'in').value).toEqual([5]);
    expect(withOperator(withOperator(one, 'between'), 'greater_than').value).toBe(5);
    expect(withOperator(withOperator(one, 'between'), 'in').value).toEqual([5]);
    expect(withOperator(one, 'within_last')).not.toHaveProperty('value');
    expect(withOperator({ ...one, valueSource: 'field', value: 'g' }, 'between').value).toBe('g');
  });
});
