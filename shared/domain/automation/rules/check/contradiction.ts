import type { Json } from '../../../../kernel/json.ts';
import type { Comparison } from '../../../../resources/automation/condition.ts';
import { isEmptyValue, orderOf, sameValue } from '../../conditions/compareValues.ts';

interface Range {
  /** Lowest and highest value that hold, with whether they do themselves. */
  low?: { value: Json; included: boolean };
  high?: { value: Json; included: boolean };
}

/**
 * Whether two comparisons of one field can never hold together. Only what is certain counts: fields that are compared with
 * other fields, texts, and patterns are never judged.
 */
export function contradiction(left: Comparison, right: Comparison): boolean {
  if (left.field !== right.field || left.valueSource === 'field' || right.valueSource === 'field') return false;
  return excludes(left, right) || excludes(right, left);
}

function excludes(left: Comparison, right: Comparison): boolean {
  const { operator, value } = left;
  if (operator === 'is_true')
    return right.operator === 'is_false' || right.operator === 'is_empty' || sameAs(right, false);
  if (operator === 'is_false') return sameAs(right, true);
  if (operator === 'is_empty')
    return right.operator === 'is_not_empty' || (needsSomething(right) && !isEmptyValue(right.value));
  if (operator === 'equals') return value !== undefined && excludesValue(value, right);
  return outside(rangeOf(left), rangeOf(right));
}

/** Whether a field that equals the value cannot fulfil the comparison. */
function excludesValue(value: Json, { operator, value: other }: Comparison): boolean {
  if (operator === 'is_empty') return !isEmptyValue(value);
  if (operator === 'is_not_empty') return isEmptyValue(value);
  if (operator === 'not_in') return Array.isArray(other) && other.some((item) => sameValue(item, value));
  if (operator === 'in') return Array.isArray(other) && !other.some((item) => sameValue(item, value));
  if (other === undefined) return false;
  if (operator === 'equals') return !sameValue(value, other);
  if (operator === 'not_equals') return sameValue(value, other);
  const point: Range = { low: { value, included: true }, high: { value, included: true } };
  const range = rangeOf({ type: 'comparison', field: '', operator, value: other });
  return outside(point, range);
}

function rangeOf({ operator, value }: Comparison): Range | undefined {
  if (value === undefined) return undefined;
  if (operator === 'greater_than' || operator === 'after') return { low: { value, included: false } };
  if (operator === 'greater_or_equal') return { low: { value, included: true } };
  if (operator === 'less_than' || operator === 'before') return { high: { value, included: false } };
  if (operator === 'less_or_equal') return { high: { value, included: true } };
  if (operator !== 'between' || !Array.isArray(value) || value.length !== 2) return undefined;
  return { low: { value: value[0]!, included: true }, high: { value: value[1]!, included: true } };
}

function outside(left: Range | undefined, right: Range | undefined): boolean {
  return left !== undefined && right !== undefined && (above(left, right) || above(right, left));
}

/** Whether everything in `left` is higher than everything in `right`. */
function above({ low }: Range, { high }: Range): boolean {
  if (!low || !high) return false;
  const order = orderOf(low.value, high.value);
  return order !== undefined && (order > 0 || (order === 0 && !(low.included && high.included)));
}

function sameAs({ operator, value }: Comparison, flag: boolean): boolean {
  return operator === 'equals' && value === flag;
}

function needsSomething({ operator }: Comparison): boolean {
  return ['equals', 'greater_than', 'greater_or_equal', 'contains', 'starts_with', 'ends_with', 'in'].includes(
    operator,
  );
}
