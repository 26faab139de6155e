import type { RuleGroupType, RuleType } from 'react-querybuilder';
import * as z from 'zod';
import { conditionOperators } from '#shared/resources/automation/condition.ts';
import type { Comparison, ConditionGroup } from '#shared/resources/automation/condition.ts';

const operators: ReadonlySet<string> = new Set(conditionOperators);
const valueSchema = z.json().optional();

/**
 * Conditions as the query builder edits them. A group's word (`and`, `or`, `not`) is its combinator; the id of every part is
 * its path, so that the same conditions are always the same query.
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
