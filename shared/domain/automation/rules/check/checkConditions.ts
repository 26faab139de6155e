import type { Comparison, ConditionGroup } from '../../../../resources/automation/condition.ts';
import { checkComparison } from '../../conditions/checkComparison.ts';
import type { ComparisonProblem } from '../../conditions/checkComparison.ts';
import { contradiction } from './contradiction.ts';
import type { Variables } from './knownVariables.ts';
import type { Report } from './ruleProblem.ts';

/** What is wrong with a group of conditions and with all in it. `path` is the group's in the rule's body. */
export function checkConditions(group: ConditionGroup, path: string, variables: Variables, report: Report): void {
  group.conditions.forEach((condition, index) => {
    const here = `${path}.conditions.${index}`;
    if (condition.type === 'group') checkConditions(condition, here, variables, report);
    else checkOne(condition, here, variables, report);
  });
  if (group.match !== 'and') return;
  const all = [...togetherWith(group, path)];
  for (const [index, one] of all.entries()) {
    const other = all.slice(0, index).find((before) => contradiction(before.comparison, one.comparison));
    if (!other) continue;
    report('warning', one.path, 'never_fires', { reason: 'contradiction', first: other.path, second: one.path });
    return;
  }
}

function checkOne(comparison: Comparison, path: string, variables: Variables, report: Report): void {
  const type = variables.typeOf(comparison.field);
  if (type === 'unknown') report('warning', `${path}.field`, 'unknown_variable', { name: comparison.field });
  if (variables.isSecret(comparison.field))
    report('warning', `${path}.field`, 'secret_in_template', { name: comparison.field });
  const problem = checkComparison(comparison, type === 'unknown' ? undefined : type);
  if (problem) {
    const severity = problem.code === 'operator_not_for_type' ? 'warning' : 'error';
    const { code, ...details } = problem;
    report(severity, `${path}.${partAtFault(problem)}`, code, details);
  }
  const other = comparison.valueSource === 'field' ? comparison.value : undefined;
  if (typeof other === 'string' && variables.typeOf(other) === 'unknown')
    report('warning', `${path}.value`, 'unknown_variable', { name: other });
}

function partAtFault({ code }: ComparisonProblem): string {
  if (code === 'field_missing' || code === 'change_needs_record') return 'field';
  return code === 'operator_not_for_type' ? 'operator' : 'value';
}

/** Comparisons that must hold at the same time: those of the group and of `and` groups inside it. */
function* togetherWith(group: ConditionGroup, path: string): Generator<{ comparison: Comparison; path: string }> {
  for (const [index, condition] of group.conditions.entries()) {
    const here = `${path}.conditions.${index}`;
    if (condition.type === 'comparison') yield { comparison: condition, path: here };
    else if (condition.match === 'and') yield* togetherWith(condition, here);
  }
}
