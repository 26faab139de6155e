import type { ConditionGroup } from '#shared/resources/automation/condition.ts';
import type { Step } from '#shared/resources/automation/step.ts';

/** The step without the steps inside it, which its own preparation never reads. */
export function ownPartOf(step: Step): Step {
  const { errorSteps: _errorSteps, ...own } = step;
  if (own.type === 'condition') return { ...own, then: [], otherwise: [] };
  if (own.type === 'loop') return { ...own, steps: [] };
  if (own.type !== 'aiDecision') return own;
  return { ...own, options: own.options.map((option) => ({ ...option, steps: [] })), fallback: [] };
}

/**
 * Whether preparing the step costs next to nothing whatever the scope holds: no template, no expression and no regular
 * expression. `own` comes from `ownPartOf`.
 */
export function isPlainStep(own: Step): boolean {
  if (own.type === 'transform' || own.type === 'loop') return false;
  if (own.type === 'condition' && usesRegularExpression(own.conditions)) return false;
  return !/\{[{%]/.test(JSON.stringify(own));
}

function usesRegularExpression(group: ConditionGroup): boolean {
  return group.conditions.some((one) =>
    one.type === 'group' ? usesRegularExpression(one) : one.operator === 'matches',
  );
}
