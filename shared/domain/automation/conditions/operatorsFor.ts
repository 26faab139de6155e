import type { ConditionOperator } from '../../../resources/automation/condition.ts';

/** What a field holds, as far as a schema tells; 'any' = nothing is known. */
export type FieldType = 'text' | 'number' | 'boolean' | 'instant' | 'date' | 'choice' | 'list' | 'object' | 'any';

const presence = ['is_empty', 'is_not_empty'] as const;
const change = ['changed', 'changed_to', 'changed_from'] as const;
const order = ['greater_than', 'greater_or_equal', 'less_than', 'less_or_equal', 'between'] as const;
const time = ['before', 'after', 'between', 'within_last', 'equals', 'not_equals', ...presence, ...change] as const;

const operators: Record<FieldType, readonly ConditionOperator[]> = {
  text: [
    'equals',
    'not_equals',
    'contains',
    'not_contains',
    'starts_with',
    'ends_with',
    'in',
    'not_in',
    ...presence,
    'matches',
    ...change,
    ...order,
  ],
  number: ['equals', 'not_equals', ...order, 'in', 'not_in', ...presence, ...change],
  boolean: ['is_true', 'is_false', 'equals', 'not_equals', ...presence, ...change],
  instant: time,
  date: time,
  choice: ['equals', 'not_equals', 'in', 'not_in', ...presence, ...change],
  list: ['contains', 'not_contains', ...presence, 'equals', 'not_equals', 'changed'],
  object: [...presence, 'equals', 'not_equals', 'changed'],
  any: [
    'equals',
    'not_equals',
    ...order,
    'contains',
    'not_contains',
    'starts_with',
    'ends_with',
    'matches',
    'in',
    'not_in',
    ...presence,
    'is_true',
    'is_false',
    ...change,
    'before',
    'after',
    'within_last',
  ],
};

/** The operators that make sense for a type, the commonest first. `changed*` only where the field is one of a record's. */
export function operatorsFor(type: FieldType, inRecord = true): ConditionOperator[] {
  return operators[type].filter((operator) => inRecord || !operator.startsWith('changed'));
}

/** Operators that compare with nothing. */
export function needsValue(operator: ConditionOperator): boolean {
  return !['is_empty', 'is_not_empty', 'is_true', 'is_false', 'changed'].includes(operator);
}
