import type { Assumptions } from '#shared/domain/automation/simulation/assumptions.ts';
import type { Json } from '#shared/kernel/json.ts';
import { branchesOf } from '#shared/resources/automation/step.ts';
import type { Step, StepOf } from '#shared/resources/automation/step.ts';

/** Everything outside answers as one hopes. */
export const defaultAssumptions: Assumptions = {};

export type AssumedStep = StepOf<'approval'> | StepOf<'aiDecision'> | StepOf<'webhook'>;

/** The steps whose outcome somebody or something outside decides, in all branches, in the rule's order. */
export function assumedSteps(steps: readonly Step[]): AssumedStep[] {
  return steps.flatMap((step): AssumedStep[] => [
    ...(step.type === 'approval' || step.type === 'aiDecision' || step.type === 'webhook' ? [step] : []),
    ...branchesOf(step).flatMap((branch) => assumedSteps(branch.steps)),
  ]);
}

/** What a webhook is assumed to do: the usual answer, one of its own, or no success. */
export type AssumedAnswer = { type: 'usual' } | { type: 'own'; answer: Json } | { type: 'fails' };

export function answerOf(value: Assumptions, stepId: string): AssumedAnswer {
  if (value.failures?.includes(stepId)) return { type: 'fails' };
  const answer = value.answers?.[stepId];
  return answer === undefined ? { type: 'usual' } : { type: 'own', answer };
}

export function withAnswer(value: Assumptions, stepId: string, answer: AssumedAnswer): Assumptions {
  const { [stepId]: _before, ...answers } = value.answers ?? {};
  const failures = (value.failures ?? []).filter((id) => id !== stepId);
  switch (answer.type) {
    case 'usual':
      return { ...value, answers, failures };
    case 'own':
      return { ...value, answers: { ...answers, [stepId]: answer.answer }, failures };
    case 'fails':
      return { ...value, answers, failures: [...failures, stepId] };
  }
}
