import { unreachable } from '../../../kernel/exhaustive.ts';
import { isJsonObject } from '../../../kernel/json.ts';
import type { Json } from '../../../kernel/json.ts';
import type { Step } from '../../../resources/automation/step.ts';
import type { PreparedStep, StepFault } from '../steps/preparedStep.ts';
import type { StepOutcome } from './runState.ts';

/** The outcome of a step that only computes or waits for a time or an event; undefined for one that acts outside the run. */
export function computedOutcome(prepared: PreparedStep): StepOutcome | undefined {
  switch (prepared.type) {
    case 'setVariables': {
      const { variables } = prepared;
      return { outcome: 'done', output: variables, flow: { effect: 'variables', variables } };
    }
    case 'takeBranch': {
      const { branch, explanation } = prepared;
      return { outcome: 'done', output: { branch, explanation }, flow: { effect: 'branch', branch } };
    }
    case 'repeat': {
      const { items, leftOut } = prepared;
      return { outcome: 'done', output: { rounds: items.length, leftOut }, flow: { effect: 'rounds', items } };
    }
    case 'waitUntil':
      return {
        outcome: 'waiting',
        waiting: { for: 'time', until: prepared.until, detail: '' },
        until: Date.parse(prepared.until),
      };
    case 'waitForEvent':
      return {
        outcome: 'waiting',
        waiting: { for: 'event', until: prepared.until, detail: prepared.pattern },
        until: Date.parse(prepared.until),
      };
    case 'email':
    case 'meeting':
    case 'webhook':
    case 'notification':
    case 'approval':
    case 'changeRecord':
    case 'tagRecord':
    case 'createRecord':
    case 'assignRecord':
    case 'emitEvent':
    case 'askModel':
    case 'runJob':
    case 'pluginAction':
      return undefined;
    default:
      return unreachable(prepared);
  }
}

/** A step that could not be prepared. */
export function faultOutcome(step: Step, fault: StepFault): StepOutcome {
  const where = fault.path === '' ? '' : `, ${fault.path}`;
  return {
    outcome: 'failed',
    error: `${step.name} (${step.id}${where}): ${fault.message}`,
    retriable: fault.retriable,
  };
}

/**
 * What an effect answered, as the run takes it. A decision takes the list of the option in `output.option`; where there is
 * no answer, or none that names an option, the fallback: a model is never required.
 */
export function effectOutcome(
  step: Step,
  answer: { ok: true; output: Json } | { ok: false; error: string; retriable: boolean; output?: Json },
): StepOutcome {
  if (step.type === 'aiDecision') {
    const said = answer.ok
      ? answer.output
      : { ...(isJsonObject(answer.output) ? answer.output : {}), error: answer.error };
    const chosen = isJsonObject(said) ? said['option'] : undefined;
    const index = step.options.findIndex((option) => option.id === chosen);
    const branch = index === -1 ? 'fallback' : `options.${index}.steps`;
    const output: Json = { ...(isJsonObject(said) ? said : { answer: said }), fallback: index === -1 };
    return { outcome: 'done', output, flow: { effect: 'branch', branch } };
  }
  if (answer.ok) return { outcome: 'done', output: answer.output };
  const { error, retriable } = answer;
  return { outcome: 'failed', error, retriable, ...(answer.output === undefined ? {} : { output: answer.output }) };
}

/** The outcome of a decided approval, for the step that asked; `by` is a staff id, '' for an expiry. */
export function approvalOutcome(
  step: Step,
  decision: { status: 'approved' | 'rejected' | 'expired'; by: string; comment: string },
): StepOutcome {
  const approved = decision.status === 'approved';
  const output: Json = { approved, status: decision.status, by: decision.by, comment: decision.comment };
  if (approved || (step.type === 'approval' && step.onReject === 'continue')) return { outcome: 'done', output };
  const why = decision.comment === '' ? '' : `: ${decision.comment}`;
  return { outcome: 'cancelled', reason: `The approval was ${decision.status}${why}`, output };
}

/** The outcome of a wait whose event came. */
export function eventArrivedOutcome(event: { id: string; name: string; data: Json }): StepOutcome {
  return { outcome: 'done', output: { timedOut: false, event: { id: event.id, name: event.name, data: event.data } } };
}

/** The outcome of a wait or an approval whose time is over; `until` in milliseconds since the epoch. */
export function overdueOutcome(step: Step, until: number): StepOutcome {
  if (step.type === 'approval') return approvalOutcome(step, { status: 'expired', by: '', comment: '' });
  if (step.type === 'wait' && step.until.for === 'event')
    return { outcome: 'done', output: { timedOut: true, event: null } };
  return { outcome: 'done', output: { until: new Date(until).toISOString() } };
}
