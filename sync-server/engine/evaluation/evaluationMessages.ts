import type { Scope } from '#shared/domain/automation/scope.ts';
import type { Preparation, StepFault } from '#shared/domain/automation/steps/preparedStep.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Step } from '#shared/resources/automation/step.ts';

export interface EvaluationTask {
  id: number;
  step: Step;
  scope: Scope;
}

/** `used`: milliseconds of processor time the process has used until now. */
export type EvaluationReply =
  | { type: 'ready'; used: number }
  | { type: 'done'; id: number; result: Result<Preparation, StepFault>; used: number };

/** UTF-16 code units of JSON that one prepared step may hold. */
export const longestPreparation = 8_000_000;
