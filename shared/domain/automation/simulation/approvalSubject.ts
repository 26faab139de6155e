import type { Json, JsonObject } from '../../../kernel/json.ts';
import type { Step } from '../../../resources/automation/step.ts';
import { applyOutcome, beginStep, nextMove } from '../run/advance.ts';
import type { RunState } from '../run/runState.ts';
import { scopeOf } from '../run/scopeOf.ts';
import type { ScopeBase } from '../run/scopeOf.ts';
import { approvalOutcome } from '../run/stepOutcome.ts';
import { stepAt } from '../run/stepAt.ts';
import { traceable } from '../run/traces.ts';
import { prepareStep } from '../steps/prepareStep.ts';
import { createSimulatedRecords } from './simulatedRecords.ts';
import { walkRun } from './walkRun.ts';

/** Steps that an approval shows; of a longer rest it says that there is more. */
const shownSteps = 50;

/**
 * What a person decides on: the question and the steps that follow when the answer is yes, rendered, up to the next pause
 * or question. `state` stands at the approval; `now`, in milliseconds since the epoch, is when it was asked, so that time
 * alone changes nothing. Hash its canonical JSON; when it is made again and differs, the approval is void (SPEC A1).
 */
export async function approvalSubject(
  steps: readonly Step[],
  state: RunState,
  base: ScopeBase,
  now: number,
): Promise<JsonObject> {
  const step = stepAt(steps, state.frames);
  if (step?.type !== 'approval') throw new Error('what is approved was asked for where no approval stands');
  const preparation = await prepareStep(step, scopeOf(state, base, now));
  const question =
    preparation.ok && preparation.value.prepared.type === 'approval' ? preparation.value.prepared.question : '';
  const approved = approvalOutcome(step, { status: 'approved', by: '', comment: '' });
  const walked = await walkRun(steps, afterwards(steps, state, approved, now), base, {
    now,
    assumptions: {},
    records: createSimulatedRecords(base, undefined),
    mostSteps: shownSteps,
    stopAtDelays: true,
    stopBefore: ({ type }) => type === 'approval' || type === 'wait' || type === 'aiDecision',
  });
  return {
    question,
    permission: step.permission,
    steps: walked.steps.map((one): Json => ({
      id: one.stepId,
      key: one.key,
      name: one.name,
      request: one.prepared ? asJson(one.prepared) : null,
      fault: one.fault ? asJson(one.fault) : null,
    })),
    more: walked.ended !== 'end',
  };
}

/** The state with the approval given, whether it was asked already or is about to be. */
function afterwards(
  steps: readonly Step[],
  state: RunState,
  approved: ReturnType<typeof approvalOutcome>,
  now: number,
): RunState {
  const { phase } = state;
  const begun =
    phase.at === 'performing' || phase.at === 'waiting'
      ? state
      : beginStep(steps, nextMove(steps, state, now).state, { attempt: 1, input: null, now, runId: '' }).state;
  return applyOutcome(steps, begun, approved, now, () => 0).state;
}

function asJson(value: object): Json {
  return traceable(JSON.parse(JSON.stringify(value)) as Json);
}
