import type { Result } from '../../../kernel/result.ts';
import type { Step } from '../../../resources/automation/step.ts';
import type { Scope } from '../scope.ts';
import type { Preparation, StepFault } from './preparedStep.ts';

export interface PrepareSources {
  /** Monotonic milliseconds, for the bound on the time of expressions. */
  clock?: () => number;
}

/**
 * Renders a step into what it asks for. Reads nothing but the scope, changes nothing, never rejects: server and simulator
 * show and do the same.
 */
export function prepareStep(
  _step: Step,
  _scope: Scope,
  _sources?: PrepareSources,
): Promise<Result<Preparation, StepFault>> {
  throw new Error('being written');
}
