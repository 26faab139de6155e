import type { RuleGroupType, RuleType } from 'react-querybuilder';
import * as z from 'zod';
import { conditionOperators } from '#shared/resources/automation/condition.ts';
import type { Comparison, ConditionGroup } from '#shared/resources/automation/condition.ts';

const operators: ReadonlySet<string> = new Set(conditionOperators);
const valueSchema = z.json().optional();

/**
 * Conditions as the query builder edits them. A group's word (`and`, `or`, `not`) is its combinator; the id of every part is
 * its path, so that the same conditions are always the same query until parts are moved.
 */
export function queryOf(group: ConditionGroup, id = 'root'): RuleGroupType {
  return {
    id,
    combinator: group.match,
    rules: group.conditions.map((condition, index) =>
      condition.type === 'group' ? queryOf(condition, `${id}.${index}`) : ruleOf(condition, `${id}.${index}`),
    ),
  };
}

function ruleOf({ field, operator, value, valueSource }: Comparison, id: string): RuleType {
  return { id, field, operator, value, ...(valueSource ? { valueSource } : {}) };
}

/** Conditions out of the query builder's model; an operator it does not know becomes `equals`. */
export function conditionsOf(query: RuleGroupType): ConditionGroup {
  return {
    type: 'group',
    match: query.combinator === 'or' || query.combinator === 'not' ? query.combinator : 'and',
    conditions: query.rules.map((one) => ('rules' in one ? conditionsOf(one) : comparisonOf(one))),
  };
}

function comparisonOf(one: RuleType): Comparison {
  const operator = conditionOperators.find((known) => known === one.operator) ?? 'equals';
  const value = valueSchema.safeParse(one.value);
  return {
    type: 'comparison',
    field: one.field,
    operator: operators.has(one.operator) ? operator : 'equals',
    ...(value.success && value.data !== undefined ? { value: value.data } : {}),
    ...(one.valueSource === 'field' || one.valueSource === 'value' ? { valueSource: one.valueSource } : {}),
  };
}

/** The path of a problem inside conditions for the query builder's path: [0, 2] → `conditions.0.conditions.2`. */
export function problemPath(path: readonly number[]): string {
  return path.map((index) => `conditions.${index}`).join('.');
}

/** The query with one comparison changed; ids stay, so that the keyboard stays where it is. */
export function changeComparison(
  query: RuleGroupType,
  path: readonly number[],
  change: (comparison: Comparison) => Comparison,
): RuleGroupType {
  const [index, ...rest] = path;
  return {
    ...query,
    rules: query.rules.map((one, at) => {
      if (at !== index) return one;
      if ('rules' in one) return changeComparison(one, rest, change);
      return ruleOf(change(comparisonOf(one)), one.id ?? '');
    }),
  };
}

/** The comparison with another operator; a value of another shape goes over as far as it can. */
export function withOperator(comparison: Comparison, operator: Comparison['operator']): Comparison {
  const { value: held, ...rest } = comparison;
  if (comparison.valueSource === 'field') return { ...comparison, operator };
  const value = shaped(held, operator);
  return { ...rest, operator, ...(value === undefined ? {} : { value }) };
}

function shaped(value: Comparison['value'], operator: Comparison['operator']): Comparison['value'] {
  if (value === undefined) return undefined;
  const isTime = typeof value === 'object' && value !== null && !Array.isArray(value) && 'amount' in value;
  if (operator === 'within_last') return isTime ? value : undefined;
  if (isTime) return undefined;
  const first = Array.isArray(value) ? value[0] : value;
  if (operator === 'in' || operator === 'not_in') {
    return Array.isArray(value) ? value.filter((item) => item !== null) : [value];
  }
  if (operator === 'between') return Array.isArray(value) ? [value[0] ?? null, value[1] ?? null] : [value, null];
  return first;
}
