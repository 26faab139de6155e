import type { Comparison, ConditionOperator } from '../../../resources/automation/condition.ts';

/** What a field holds, as far as a schema tells; 'any' = nothing is known. */
export type FieldType = 'text' | 'number' | 'boolean' | 'instant' | 'date' | 'choice' | 'list' | 'object' | 'any';

/** What is wrong with a comparison, whatever the data; a code and what its sentence needs. */
export type ComparisonProblem =
  | { code: 'value_missing' }
  | { code: 'field_missing' }
  | { code: 'not_a_number'; found: string }
  | { code: 'not_an_instant'; found: string }
  | { code: 'not_a_boolean'; found: string }
  | { code: 'not_a_text'; found: string }
  | { code: 'not_a_list'; found: string }
  | { code: 'two_values'; found: string }
  | { code: 'low_above_high'; low: string; high: string }
  | { code: 'not_a_duration'; found: string }
  | { code: 'bad_regular_expression'; found: string; message: string }
  | { code: 'regular_expression_too_long'; found: number; limit: number }
  | { code: 'operator_not_for_type'; operator: ConditionOperator; type: FieldType }
  | { code: 'change_needs_record'; field: string };

/** The operators that make sense for a type, the commonest first. */
export function operatorsFor(_type: FieldType): ConditionOperator[] {
  throw new Error('being written');
}

/** What is wrong with a comparison; undefined when it can be evaluated. `type` undefined = the field is not known. */
export function checkComparison(_comparison: Comparison, _type: FieldType | undefined): ComparisonProblem | undefined {
  throw new Error('being written');
}
