import type { Json } from '../../../kernel/json.ts';
import type { Step } from '../../../resources/automation/step.ts';
import { applyOutcome, beginStep, nextMove } from '../run/advance.ts';
import type { RunState, StepOutcome } from '../run/runState.ts';
import { scopeOf } from '../run/scopeOf.ts';
import type { ScopeBase } from '../run/scopeOf.ts';
import { computedOutcome, faultOutcome } from '../run/stepOutcome.ts';
import { prepareStep } from '../steps/prepareStep.ts';
import type { PreparedStep, StepFault } from '../steps/preparedStep.ts';
import { assumedOutcome } from './assumptions.ts';
import type { Assumed, Assumptions } from './assumptions.ts';
import type { SimulatedRecords } from './simulatedRecords.ts';

/** One step as it would run. */
export interface SimulatedStep {
  stepId: string;
  /** With the rounds of loops: `mail[2]`. */
  key: string;
  type: Step['type'];
  name: string;
  /** When it would run, if everything takes no longer than it must; ISO 8601. */
  at: string;
  status: 'success' | 'failed' | 'cancelled';
  /** What it would do; null when it could not be prepared. */
  prepared: PreparedStep | null;
  fault: StepFault | null;
  /** Why it would fail although it could be prepared. */
  error: string;
  unknownVariables: string[];
  output: Json;
  /** The list inside the step that was taken: `then`, `options.0.steps`. */
  branch?: string;
  /** What the outcome rests on; undefined where it is certain. */
  assumed?: Assumed;
}

export interface WalkOptions {
  /** Milliseconds since the epoch. */
  now: number;
  assumptions: Assumptions;
  records: SimulatedRecords;
  /** Steps that are walked; the rest is left out. */
  mostSteps: number;
  clock?: () => number;
  /** Ends the walk before a step that is not to be taken. */
  stopBefore?: (step: Step) => boolean;
  /** Ends the walk where the run would rest: at delays. */
  stopAtDelays?: boolean;
}

export interface Walked {
  state: RunState;
  steps: SimulatedStep[];
  /** 'end': the run is over. 'stopped': by the options. 'bound': more steps would follow than are walked. */
  ended: 'end' | 'stopped' | 'bound';
  /** When the walk ended, milliseconds since the epoch. */
  now: number;
}

/** Walks a run without doing anything: time passes at once, and what cannot be known is assumed. */
export async function walkRun(
  steps: readonly Step[],
  from: RunState,
  base: ScopeBase,
  options: WalkOptions,
): Promise<Walked> {
  const walked: SimulatedStep[] = [];
  let state = from;
  let { now } = options;
  for (;;) {
    const move = nextMove(steps, state, now);
    state = move.state;
    switch (move.move) {
      case 'end':
        return { state, steps: walked, ended: 'end', now };
      case 'sleep':
        if (options.stopAtDelays) return { state, steps: walked, ended: 'stopped', now };
        now = move.until;
        continue;
      case 'resume':
        state = applyOutcome(steps, state, move.outcome, now, noJitter).state;
        continue;
      case 'prepare':
        break;
    }
    if (options.stopBefore?.(move.step)) return { state, steps: walked, ended: 'stopped', now };
    if (walked.length >= options.mostSteps) return { state, steps: walked, ended: 'bound', now };
    const { step, key, attempt } = move;
    const scope = scopeOf(state, options.records.refreshed(base), now);
    const preparation = await prepareStep(step, scope, options.clock ? { clock: options.clock } : {});
    state = beginStep(steps, state, { attempt, input: null, now, runId: base.run.id }).state;
    const found = preparation.ok
      ? await outcomeOf(step, preparation.value.prepared, key, options)
      : { outcome: faultOutcome(step, preparation.error) };
    const { outcome } = found;
    walked.push({
      stepId: step.id,
      key,
      type: step.type,
      name: step.name,
      at: new Date(now).toISOString(),
      status: statusOf(outcome),
      prepared: preparation.ok ? preparation.value.prepared : null,
      fault: preparation.ok ? null : preparation.error,
      error: outcome.outcome === 'failed' ? outcome.error : outcome.outcome === 'cancelled' ? outcome.reason : '',
      unknownVariables: preparation.ok ? preparation.value.unknownVariables : [],
      output: outcome.output ?? null,
      ...branchOf(outcome),
      ...(found.assumed ? { assumed: found.assumed } : {}),
    });
    if (preparation.ok) now = Math.max(now, endOfWait(preparation.value.prepared, found.assumed));
    state = applyOutcome(steps, state, outcome, now, noJitter).state;
  }
}

async function outcomeOf(
  step: Step,
  prepared: PreparedStep,
  key: string,
  { records, assumptions }: WalkOptions,
): Promise<{ outcome: StepOutcome; assumed?: Assumed }> {
  if (assumptions.failures?.includes(step.id)) return assumedOutcome(step, prepared, assumptions);
  const computed = computedOutcome(prepared);
  if (computed && computed.outcome !== 'waiting') return { outcome: computed };
  const stored = await records.perform(prepared, key);
  return stored ? { outcome: stored } : assumedOutcome(step, prepared, assumptions);
}

/** When the step would be over; 0 = at once. */
function endOfWait(prepared: PreparedStep, assumed: Assumed | undefined): number {
  if (prepared.type === 'waitUntil' || (prepared.type === 'waitForEvent' && assumed === 'event_missing'))
    return Date.parse(prepared.until);
  return 0;
}

function statusOf(outcome: StepOutcome): SimulatedStep['status'] {
  return outcome.outcome === 'failed' ? 'failed' : outcome.outcome === 'cancelled' ? 'cancelled' : 'success';
}

function branchOf(outcome: StepOutcome): { branch?: string } {
  if (outcome.outcome !== 'done') return {};
  if (outcome.flow?.effect === 'branch') return { branch: outcome.flow.branch };
  return outcome.flow?.effect === 'rounds' ? { branch: 'steps' } : {};
}

function noJitter(): number {
  return 0;
}
