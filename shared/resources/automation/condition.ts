import * as z from 'zod';

export const conditionOperators = [
  'equals',
  'not_equals',
  'greater_than',
  'greater_or_equal',
  'less_than',
  'less_or_equal',
  'between',
  'contains',
  'not_contains',
  'starts_with',
  'ends_with',
  'matches',
  'in',
  'not_in',
  'is_empty',
  'is_not_empty',
  'is_true',
  'is_false',
  'changed',
  'changed_to',
  'changed_from',
  'before',
  'after',
  'within_last',
] as const;

const comparisonSchema = z.object({
  type: z.literal('comparison'),
  field: z.string().min(1).max(200),
  operator: z.enum(conditionOperators),
  value: z.json().optional(),
});

/** A group of comparisons and further groups; `not` holds when none of its conditions does. */
export interface ConditionGroup {
  type: 'group';
  match: 'and' | 'or' | 'not';
  conditions: (ConditionGroup | z.infer<typeof comparisonSchema>)[];
}

export const conditionGroupSchema: z.ZodType<ConditionGroup> = z.object({
  type: z.literal('group'),
  match: z.enum(['and', 'or', 'not']),
  get conditions() {
    return z.array(z.union([conditionGroupSchema, comparisonSchema])).max(200);
  },
});

export const noConditions: ConditionGroup = { type: 'group', match: 'and', conditions: [] };
