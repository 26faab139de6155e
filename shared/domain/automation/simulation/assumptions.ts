import type { Json } from '../../../kernel/json.ts';
import type { Step } from '../../../resources/automation/step.ts';
import { approvalOutcome, effectOutcome, overdueOutcome } from '../run/stepOutcome.ts';
import type { StepOutcome } from '../run/runState.ts';
import type { PreparedStep } from '../steps/preparedStep.ts';

/** What a simulation takes for granted of the world outside; by step id, with the usual where nothing is said. */
export interface Assumptions {
  /** Usual: 'approved'. */
  approvals?: Readonly<Record<string, 'approved' | 'rejected' | 'expired'>>;
  /** Id of the option that the model chooses. Usual: none, which takes the fallback. */
  decisions?: Readonly<Record<string, string>>;
  /** Data of the event that a wait waits for. Usual: it does not come in time. */
  events?: Readonly<Record<string, Json>>;
  /** What webhooks, jobs and actions of plugins answer. Usual: success, with nothing. */
  answers?: Readonly<Record<string, Json>>;
  /** Ids of steps that fail although they could be prepared. */
  failures?: readonly string[];
}

/** Which assumption an outcome rests on, for the words beside it. */
export type Assumed =
  | 'approved'
  | 'rejected'
  | 'expired'
  | 'chosen'
  | 'fallback'
  | 'event_came'
  | 'event_missing'
  | 'time_passed'
  | 'succeeded'
  | 'failed';

/** The outcome of a step that the simulation cannot know. */
export function assumedOutcome(
  step: Step,
  prepared: PreparedStep,
  assumptions: Assumptions,
): { outcome: StepOutcome; assumed: Assumed } {
  if (assumptions.failures?.includes(step.id)) {
    const error = 'It is assumed that this step fails.';
    return { outcome: { outcome: 'failed', error, retriable: false }, assumed: 'failed' };
  }
  if (prepared.type === 'approval') {
    const status = assumptions.approvals?.[step.id] ?? 'approved';
    return { outcome: approvalOutcome(step, { status, by: '', comment: '' }), assumed: status };
  }
  if (prepared.type === 'askModel') {
    const option = assumptions.decisions?.[step.id];
    const known = prepared.options.some(({ id }) => id === option);
    const answer = known
      ? { ok: true as const, output: { option: option ?? '', reason: '' } }
      : { ok: false as const, error: 'no model is asked in a simulation', retriable: false };
    return { outcome: effectOutcome(step, answer), assumed: known ? 'chosen' : 'fallback' };
  }
  if (prepared.type === 'waitUntil')
    return { outcome: overdueOutcome(step, Date.parse(prepared.until)), assumed: 'time_passed' };
  if (prepared.type === 'waitForEvent') {
    const data = assumptions.events?.[step.id];
    if (data === undefined)
      return { outcome: overdueOutcome(step, Date.parse(prepared.until)), assumed: 'event_missing' };
    const event = { id: `simulated:${step.id}`, name: prepared.pattern, data };
    return { outcome: { outcome: 'done', output: { timedOut: false, event } }, assumed: 'event_came' };
  }
  const output = assumptions.answers?.[step.id] ?? usualAnswer(prepared);
  return { outcome: { outcome: 'done', output }, assumed: 'succeeded' };
}

/** In the shape in which the server keeps such answers. */
function usualAnswer(prepared: PreparedStep): Json {
  if (prepared.type === 'email' || prepared.type === 'meeting') {
    const accepted = prepared.type === 'email' ? [...prepared.to, ...prepared.cc] : prepared.attendees;
    return { messageId: '', accepted, rejected: [], response: '' };
  }
  if (prepared.type === 'webhook') return { status: 200, body: '', truncated: false };
  return prepared.type === 'notification' ? { notified: prepared.to } : {};
}
