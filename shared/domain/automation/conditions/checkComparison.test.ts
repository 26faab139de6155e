import { describe, expect, it } from 'vitest';
import type { Json } from '../../../kernel/json.ts';
import { conditionOperators } from '../../../resources/automation/condition.ts';
import type { Comparison, ConditionOperator } from '../../../resources/automation/condition.ts';
import { checkComparison } from './checkComparison.ts';
import { needsValue, operatorsFor } from './operatorsFor.ts';
import type { FieldType } from './operatorsFor.ts';

const code = (
  operator: ConditionOperator,
  value: Json | undefined,
  type?: FieldType,
  field = 'record.x',
): string | undefined =>
  checkComparison({ type: 'comparison', field, operator, value } satisfies Comparison, type)?.code;

describe('the operators of a type', () => {
  const types: FieldType[] = ['text', 'number', 'boolean', 'instant', 'date', 'choice', 'list', 'object', 'any'];
  it.each(types)('%s: each once, empty and not empty among them', (type) => {
    const operators = operatorsFor(type);
    expect(new Set(operators).size).toBe(operators.length);
    expect(operators).toEqual(expect.arrayContaining(['is_empty', 'is_not_empty', 'changed']));
    expect(operatorsFor(type, false).some((one) => one.startsWith('changed'))).toBe(false);
  });

  it('what is not known may be compared in every way, and every operator is offered for some known type', () => {
    expect(operatorsFor('any').sort()).toEqual([...conditionOperators].sort());
    const offered = new Set(types.filter((type) => type !== 'any').flatMap((type) => operatorsFor(type)));
    expect([...offered].sort()).toEqual([...conditionOperators].sort());
  });
});

describe('what is wrong with a comparison', () => {
  it.each<[ConditionOperator, Json | undefined, FieldType | undefined, string | undefined]>([
    ['equals', 'gold', 'text', undefined],
    ['equals', undefined, 'text', 'value_missing'],
    ['equals', '', 'text', 'value_missing'],
    ['equals', null, undefined, 'value_missing'],
    ['equals', 0, 'number', undefined],
    ['equals', false, 'boolean', undefined],
    ['equals', 'five', 'number', 'not_a_number'],
    ['equals', '5', 'number', undefined],
    ['equals', 'true', 'boolean', 'not_a_boolean'],
    ['equals', 'soon', 'instant', 'not_an_instant'],
    ['equals', '2026-03-10', 'date', undefined],
    ['equals', 5, 'text', 'not_a_text'],
    ['equals', 'a', 'list', 'not_a_list'],
    ['equals', 'anything', undefined, undefined],
    ['greater_than', 'ten', 'number', 'not_a_number'],
    ['greater_than', true, undefined, 'not_a_number'],
    ['greater_than', 10, 'boolean', 'operator_not_for_type'],
    ['between', [1, 10], 'number', undefined],
    ['between', [1], 'number', 'two_values'],
    ['between', 5, 'number', 'two_values'],
    ['between', [1, null], 'number', 'two_values'],
    ['between', [10, 1], 'number', 'low_above_high'],
    ['between', ['2026-04-01', '2026-03-01'], 'date', 'low_above_high'],
    ['between', ['a', 1], 'number', 'not_a_number'],
    ['contains', 'a', 'list', undefined],
    ['contains', 5, 'text', 'not_a_text'],
    ['contains', [], undefined, 'value_missing'],
    ['starts_with', 5, undefined, 'not_a_text'],
    ['matches', '^a+$', 'text', undefined],
    ['matches', '(?=a)', 'text', 'bad_regular_expression'],
    ['matches', 'a'.repeat(501), 'text', 'regular_expression_too_long'],
    ['in', ['a', 'b'], 'choice', undefined],
    ['in', 'a', 'choice', 'not_a_list'],
    ['in', [], 'choice', 'value_missing'],
    ['in', [1, 'x'], 'number', 'not_a_number'],
    ['before', '2026-03-10', 'instant', undefined],
    ['before', 'tomorrow', 'instant', 'not_an_instant'],
    ['within_last', { amount: 3, unit: 'days' }, 'instant', undefined],
    ['within_last', 90, 'instant', undefined],
    ['within_last', { amount: 3, unit: 'years' }, 'instant', 'not_a_duration'],
    ['within_last', -5, undefined, 'not_a_duration'],
    ['is_empty', undefined, 'object', undefined],
    ['is_true', undefined, 'boolean', undefined],
    ['is_true', undefined, 'text', 'operator_not_for_type'],
    ['changed', undefined, 'number', undefined],
    ['changed_to', 'x', 'number', 'not_a_number'],
  ])('%s %j on %s: %s', (operator, value, type, expected) => {
    expect(code(operator, value, type)).toBe(expected);
  });

  it('fields', () => {
    expect(code('equals', 1, undefined, 'event..x')).toBe('field_missing');
    expect(code('equals', 1, undefined, '')).toBe('field_missing');
    expect(code('changed', undefined, undefined, 'event.data.plan')).toBe('change_needs_record');
    const other = (value: Json | undefined): string | undefined =>
      checkComparison(
        { type: 'comparison', field: 'event.data.a', operator: 'equals', value, valueSource: 'field' },
        'number',
      )?.code;
    expect(other('vars.total')).toBeUndefined();
    expect(other('vars.')).toBe('value_field_missing');
    expect(other(5)).toBe('value_field_missing');
    expect(other(undefined)).toBe('value_field_missing');
  });

  it('operators that compare with nothing need no value', () => {
    for (const operator of conditionOperators)
      expect(code(operator, undefined)).toBe(needsValue(operator) ? 'value_missing' : undefined);
  });
});
