import { checkConditions } from './check/checkConditions.ts';
import { checkSteps } from './check/checkSteps.ts';
import { checkTrigger } from './check/checkTrigger.ts';
import { createVariables } from './check/knownVariables.ts';
import { loopBack } from './check/ruleLoops.ts';
import { shadowing } from './check/shadowedRules.ts';
import type { CheckedRule, Report, RuleKnowledge, RuleProblem } from './check/ruleProblem.ts';

export type { RuleKnowledge, RuleProblem } from './check/ruleProblem.ts';

const order = { error: 0, warning: 1, hint: 2 };

/**
 * Everything wrong or doubtful with a rule, errors first, then as it stands in the rule. Never throws. What it knows nothing
 * of it does not judge.
 */
export function checkRule(rule: CheckedRule, knowledge: RuleKnowledge): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const report: Report = (severity, path, code, details = {}) => problems.push({ path, code, severity, details });
  const { body } = rule;
  const variables = createVariables(body.trigger, knowledge);
  checkTrigger(body.trigger, knowledge, report);
  checkConditions(body.conditions, 'conditions', variables, report);
  if (body.steps.length === 0) report('warning', 'steps', 'no_steps');
  checkSteps(body, knowledge, variables, report);
  if (body.executionLimit > 0 && body.executionCount >= body.executionLimit)
    report('warning', 'executionLimit', 'limit_reached', { limit: body.executionLimit });
  const shadow = shadowing(rule, knowledge.rules ?? []);
  if (shadow) report('warning', 'trigger', 'shadowed', { ruleId: shadow.id, ruleName: shadow.body.name });
  const loop = loopBack(rule, knowledge);
  if (loop) report('warning', loop.path, 'may_loop', { event: loop.event, rules: loop.rules });
  return problems.sort((left, right) => order[left.severity] - order[right.severity]);
}
