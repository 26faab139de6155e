import type { Json } from '../../../kernel/json.ts';
import type { Comparison, ConditionOperator } from '../../../resources/automation/condition.ts';
import { ruleLimits } from '../../../resources/automation/limits.ts';
import { millisecondsOf } from '../values/amountOfTime.ts';
import { instantOf } from '../values/instant.ts';
import { linearPattern } from '../values/linearPattern.ts';
import { isEmptyValue, numberOf, orderOf } from './compareValues.ts';
import { pathBefore } from './comparisonTest.ts';
import { needsValue, operatorsFor } from './operatorsFor.ts';
import type { FieldType } from './operatorsFor.ts';

/** What is wrong with a comparison, whatever the data; a code and what its sentence needs. `found` is shown as JSON. */
export type ComparisonProblem =
  | { code: 'field_missing' }
  | { code: 'value_missing' }
  /** With `valueSource: 'field'`: the value is no path. */
  | { code: 'value_field_missing' }
  | { code: 'not_a_number'; found: Json }
  | { code: 'not_an_instant'; found: Json }
  | { code: 'not_a_boolean'; found: Json }
  | { code: 'not_a_text'; found: Json }
  | { code: 'not_a_list'; found: Json }
  /** Two values are needed, in a list. */
  | { code: 'two_values'; found: Json }
  | { code: 'low_above_high'; low: Json; high: Json }
  | { code: 'not_a_duration'; found: Json }
  | { code: 'bad_regular_expression'; found: string; message: string }
  | { code: 'regular_expression_too_long'; found: number; limit: number }
  | { code: 'operator_not_for_type'; operator: ConditionOperator; type: FieldType }
  /** Only fields of the record (`record.…`) can be asked for a change. */
  | { code: 'change_needs_record'; field: string };

/** What is wrong with a comparison; undefined when nothing is. `type` undefined = the field is not known: nothing is said of it. */
export function checkComparison(comparison: Comparison, type: FieldType | undefined): ComparisonProblem | undefined {
  const { field, operator, value, valueSource } = comparison;
  if (field.split('.').some((name) => name === '')) return { code: 'field_missing' };
  if (operator.startsWith('changed') && !pathBefore(field)) return { code: 'change_needs_record', field };
  if (type && !operatorsFor(type).includes(operator)) return { code: 'operator_not_for_type', operator, type };
  if (!needsValue(operator)) return undefined;
  if (valueSource === 'field')
    return typeof value === 'string' && value !== '' && value.split('.').every((name) => name !== '')
      ? undefined
      : { code: 'value_field_missing' };
  if (value === undefined || value === null || value === '') return { code: 'value_missing' };
  return checkValue(operator, value, type);
}

function checkValue(
  operator: ConditionOperator,
  value: Json,
  type: FieldType | undefined,
): ComparisonProblem | undefined {
  switch (operator) {
    case 'equals':
    case 'not_equals':
    case 'changed_to':
    case 'changed_from':
      return wrongFor(type, value);
    case 'greater_than':
    case 'greater_or_equal':
    case 'less_than':
    case 'less_or_equal':
      return wrongBound(type, value);
    case 'between': {
      if (!Array.isArray(value) || value.length !== 2) return { code: 'two_values', found: value };
      const [low = null, high = null] = value;
      if (isEmptyValue(low) || isEmptyValue(high)) return { code: 'two_values', found: value };
      const wrong = wrongBound(type, low) ?? wrongBound(type, high);
      if (wrong) return wrong;
      const order = orderOf(low, high);
      return order === undefined || order > 0 ? { code: 'low_above_high', low, high } : undefined;
    }
    case 'contains':
    case 'not_contains':
      if (isEmptyValue(value)) return { code: 'value_missing' };
      return type === 'text' && typeof value !== 'string' ? { code: 'not_a_text', found: value } : undefined;
    case 'starts_with':
    case 'ends_with':
      return typeof value === 'string' ? undefined : { code: 'not_a_text', found: value };
    case 'matches':
      return typeof value === 'string' ? wrongPattern(value) : { code: 'not_a_text', found: value };
    case 'in':
    case 'not_in': {
      if (!Array.isArray(value)) return { code: 'not_a_list', found: value };
      if (value.length === 0) return { code: 'value_missing' };
      for (const item of value) {
        const wrong = wrongFor(type, item);
        if (wrong) return wrong;
      }
      return undefined;
    }
    case 'before':
    case 'after':
      return instantOf(value) === undefined ? { code: 'not_an_instant', found: value } : undefined;
    case 'within_last':
      return millisecondsOf(value) === undefined ? { code: 'not_a_duration', found: value } : undefined;
    case 'is_empty':
    case 'is_not_empty':
    case 'is_true':
    case 'is_false':
    case 'changed':
      return undefined;
  }
}

/** A value that can never be the same as one of the type. */
function wrongFor(type: FieldType | undefined, value: Json): ComparisonProblem | undefined {
  if (isEmptyValue(value)) return undefined;
  switch (type) {
    case 'number':
      return numberOf(value) === undefined ? { code: 'not_a_number', found: value } : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : { code: 'not_a_boolean', found: value };
    case 'instant':
    case 'date':
      return instantOf(value) === undefined ? { code: 'not_an_instant', found: value } : undefined;
    case 'text':
    case 'choice':
      return typeof value === 'string' ? undefined : { code: 'not_a_text', found: value };
    case 'list':
      return Array.isArray(value) ? undefined : { code: 'not_a_list', found: value };
    case 'object':
    case 'any':
    case undefined:
      return undefined;
  }
}

/** A value that nothing can be greater or less than. */
function wrongBound(type: FieldType | undefined, value: Json): ComparisonProblem | undefined {
  const wrong = wrongFor(type, value);
  if (wrong) return wrong;
  return typeof value === 'number' || typeof value === 'string' ? undefined : { code: 'not_a_number', found: value };
}

function wrongPattern(source: string): ComparisonProblem | undefined {
  if (source.length > ruleLimits.regularExpression)
    return { code: 'regular_expression_too_long', found: source.length, limit: ruleLimits.regularExpression };
  const pattern = linearPattern(source);
  return pattern.ok ? undefined : { code: 'bad_regular_expression', found: source, message: pattern.error };
}
