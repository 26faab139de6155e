import * as z from 'zod';
import { customIssue } from '../../kernel/sentences/issueSaying.ts';
import { saying } from '../../kernel/sentences/sentence.ts';
import { ruleLimits } from './limits.ts';

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
export type ConditionOperator = (typeof conditionOperators)[number];

const comparisonSchema = z.object({
  type: z.literal('comparison'),
  /** Dotted path in the scope: `event.data.attempts`, `record.body.plan`, `tenant.status`, `vars.total`. */
  field: z.string().min(1).max(200),
  operator: z.enum(conditionOperators),
  value: z.json().optional(),
  /** 'field': `value` is the path of another field to compare with. */
  valueSource: z.enum(['value', 'field']).optional(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** A group of comparisons and further groups; `not` holds when none of its conditions does; an empty group holds. */
export interface ConditionGroup {
  type: 'group';
  match: 'and' | 'or' | 'not';
  conditions: (ConditionGroup | Comparison)[];
}

const nested: z.ZodType<ConditionGroup> = z.object({
  type: z.literal('group'),
  match: z.enum(['and', 'or', 'not']),
  get conditions() {
    return z.array(z.union([nested, comparisonSchema])).max(200);
  },
});

export const conditionGroupSchema: z.ZodType<ConditionGroup> = nested.superRefine((group, context) => {
  let comparisons = 0;
  const walk = (one: ConditionGroup, path: (string | number)[]): void => {
    if (path.length / 2 >= ruleLimits.conditionDepth) {
      const says = saying('conditions_too_deep', { limit: ruleLimits.conditionDepth });
      context.addIssue({ code: 'custom', path, ...customIssue(says) });
      return;
    }
    one.conditions.forEach((condition, index) => {
      const here = [...path, 'conditions', index];
      if (condition.type === 'group') walk(condition, here);
      else if (++comparisons === ruleLimits.comparisons + 1)
        context.addIssue({
          code: 'custom',
          path: here,
          ...customIssue(saying('too_many_comparisons', { limit: ruleLimits.comparisons })),
        });
    });
  };
  walk(group, []);
});

export const noConditions: ConditionGroup = { type: 'group', match: 'and', conditions: [] };
