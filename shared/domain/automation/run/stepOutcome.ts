import type { Json } from '../../../kernel/json.ts';
import type { Step } from '../../../resources/automation/step.ts';
import type { PreparedStep, StepFault } from '../steps/preparedStep.ts';
import type { StepOutcome } from './runState.ts';

/** The outcome of a step that only computes or waits for a time or an event; undefined for one that acts outside the run. */
export function computedOutcome(_prepared: PreparedStep): StepOutcome | undefined {
  throw new Error('being written');
}

/** A step that could not be prepared. */
export function faultOutcome(_step: Step, _fault: StepFault): StepOutcome {
  throw new Error('being written');
}

/** What an effect answered, as the run takes it. A decision takes the list of the option in `output.option`, or the fallback. */
export function effectOutcome(
  _step: Step,
  _answer: { ok: true; output: Json } | { ok: false; error: string; retriable: boolean; output?: Json },
): StepOutcome {
  throw new Error('being written');
}

/** The outcome of a decided approval, for the step that asked. */
export function approvalOutcome(
  _step: Step,
  _decision: { status: 'approved' | 'rejected' | 'expired'; by: string; comment: string },
): StepOutcome {
  throw new Error('being written');
}

/** The outcome of a wait whose event came. */
export function eventArrivedOutcome(_event: { id: string; name: string; data: Json }): StepOutcome {
  throw new Error('being written');
}
