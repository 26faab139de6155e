import { unreachable } from '../../../kernel/exhaustive.ts';
import type { Json } from '../../../kernel/json.ts';
import type { Step } from '../../../resources/automation/step.ts';
import type { About } from '../../../resources/events/about.ts';
import type { RunWaiting, StepTrace } from '../../../resources/runs/run.ts';
import { enterBranch, enterRounds, hasEnded, passStep, rememberFailure, settle } from './frames.ts';
import { joinAbout } from './aboutStep.ts';
import type { RunState, StepOutcome, StepPhase } from './runState.ts';
import { stepAt } from './stepAt.ts';
import { idempotencyKey, stepKey } from './stepKey.ts';
import { overdueOutcome } from './stepOutcome.ts';
import { traceable } from './traces.ts';

/**
 * What a run does next. `state` is the state to keep: the same object where nothing changed. Only ids, attempts and times
 * are decided here; what the step does is the caller's.
 */
export type Move =
  | { move: 'end'; state: RunState; status: 'success' | 'partial' | 'failed' | 'cancelled' }
  /** Nothing to do before `until` (milliseconds since the epoch, Number.MAX_SAFE_INTEGER = until somebody resumes it). */
  | { move: 'sleep'; state: RunState; until: number; waiting: RunWaiting }
  /** The time of a wait or an approval is over: give `outcome` to `applyOutcome`. */
  | { move: 'resume'; state: RunState; step: Step; key: string; outcome: StepOutcome }
  /** Prepare the step in the scope of now, `beginStep`, store, perform, `applyOutcome`, store. */
  | { move: 'prepare'; state: RunState; step: Step; key: string; attempt: number };

export interface Progress {
  state: RunState;
  /** For `recordTrace`; undefined where no step is concerned. */
  trace: StepTrace | undefined;
}

/** A run that takes more steps fails (SPEC R4). */
export const mostSteps = 20_000;
const minute = 60_000;

/** A run before its first step. */
export function startRun(): RunState {
  return {
    status: 'running',
    frames: [{ list: '', index: 0 }],
    phase: { at: 'start' },
    vars: {},
    outputs: {},
    failures: 0,
    passedOver: [],
    taken: 0,
    error: '',
  };
}

/** `now` in milliseconds since the epoch. Pure; asking twice answers the same. */
export function nextMove(steps: readonly Step[], given: RunState, now: number): Move {
  const state = settle(steps, given);
  const step = stepAt(steps, state.frames);
  if (state.status !== 'running' && state.status !== 'waiting') return { move: 'end', state, status: state.status };
  if (!step) throw new Error('a settled run stands at a step');
  const { phase } = state;
  const key = stepKey(step.id, state.frames);
  const prepare = (attempt: number): Move =>
    state.taken >= mostSteps && phase.at !== 'performing'
      ? { move: 'end', status: 'failed', state: { ...state, status: 'failed', error: tooManySteps(step) } }
      : { move: 'prepare', state, step, key, attempt };
  const sleep = (held: RunState, until: number, reason: RunWaiting['for']): Move => ({
    move: 'sleep',
    state: held,
    until,
    waiting: { for: reason, until: isoOrNone(until), detail: step.id },
  });
  switch (phase.at) {
    case 'start': {
      if (step.delayMinutes === 0) return prepare(1);
      const until = now + step.delayMinutes * minute;
      return sleep({ ...state, status: 'waiting', phase: { at: 'delayed', until } }, until, 'delay');
    }
    case 'delayed':
      return phase.until <= now ? prepare(1) : sleep(state, phase.until, 'delay');
    case 'performing':
      return prepare(phase.attempt);
    case 'backingOff':
      return phase.until <= now ? prepare(phase.attempt + 1) : sleep(state, phase.until, 'retry');
    case 'waiting':
      return phase.until <= now
        ? { move: 'resume', state, step, key, outcome: overdueOutcome(step, phase.until) }
        : { move: 'sleep', state, until: phase.until, waiting: phase.waiting };
    default:
      return unreachable(phase);
  }
}

/** The step of a 'prepare' move is about to be performed; `input` is what it was prepared to, for the trace. */
export function beginStep(
  steps: readonly Step[],
  state: RunState,
  begun: {
    attempt: number;
    input: Json;
    now: number;
    runId: string;
    unknownVariables?: readonly string[];
    /** What the step may read or write. */
    about?: readonly About[];
  },
): Progress {
  const { phase } = state;
  const input = traceable(begun.input);
  const since = phase.at === 'performing' || phase.at === 'backingOff' ? phase.since : begun.now;
  const next: RunState = {
    ...state,
    status: 'running',
    taken: state.taken + (phase.at === 'performing' ? 0 : 1),
    phase: { at: 'performing', attempt: begun.attempt, since, input },
    ...(state.about ? { about: joinAbout(state.about, begun.about ?? []) } : {}),
  };
  const trace = traceOf(steps, next, begun.now, { status: 'running' });
  return {
    state: next,
    trace: trace && {
      ...trace,
      idempotencyKey: idempotencyKey(begun.runId, trace.key),
      ...(begun.unknownVariables?.length ? { unknownVariables: [...begun.unknownVariables] } : {}),
    },
  };
}

/**
 * What became of the step that is performed or waited for. A step that could not be prepared is begun first, too.
 * @throws Error for a run that neither performs nor waits: a bug of the caller.
 */
export function applyOutcome(
  steps: readonly Step[],
  state: RunState,
  outcome: StepOutcome,
  now: number,
  /** 0 ≤ n < 1, for the jitter of back-off. */
  random: () => number,
): Progress {
  const { phase } = state;
  const step = stepAt(steps, state.frames);
  if (!step || (phase.at !== 'performing' && phase.at !== 'waiting'))
    throw new Error(`an outcome came for a run that is '${state.status}' and at '${phase.at}'; begin the step first`);
  const held = outcome.output === undefined ? {} : { output: traceable(outcome.output) };
  const kept = (output: Json): RunState => ({
    ...state,
    status: 'running',
    outputs: { ...state.outputs, [step.id]: output },
  });
  switch (outcome.outcome) {
    case 'done': {
      const trace = traceOf(steps, state, now, { status: 'success', ...held, ...branchTaken(outcome) });
      return { state: settle(steps, follow(steps, kept(outcome.output), outcome)), trace };
    }
    case 'waiting': {
      const { waiting, until } = outcome;
      const { attempt, since, input } = phase;
      const next: RunState = {
        ...(outcome.output === undefined ? state : kept(outcome.output)),
        status: 'waiting',
        phase: { at: 'waiting', attempt, since, waiting, until, input },
      };
      return { state: next, trace: traceOf(steps, next, now, { status: 'waiting', ...held }) };
    }
    case 'failed': {
      if (outcome.retriable && phase.attempt <= step.retry.max) {
        const until = now + backOff(step, phase.attempt, random());
        const { attempt, since, input } = phase;
        const next: RunState = {
          ...state,
          status: 'waiting',
          phase: { at: 'backingOff', attempt, until, since, input },
        };
        return { state: next, trace: traceOf(steps, next, now, { status: 'waiting', error: outcome.error, ...held }) };
      }
      const failed = kept(outcome.output ?? { error: outcome.error });
      const branch = step.onError === 'branch' ? { branch: 'errorSteps' } : {};
      const trace = traceOf(steps, state, now, { status: 'failed', error: outcome.error, ...held, ...branch });
      if (step.onError === 'stop') return { state: { ...failed, status: 'failed', error: outcome.error }, trace };
      const passed = rememberFailure(failed);
      const next = step.onError === 'branch' ? enterBranch(steps, passed, 'errorSteps', true) : passStep(passed);
      return { state: settle(steps, next), trace };
    }
    case 'cancelled': {
      const trace = traceOf(steps, state, now, { status: 'skipped', error: outcome.reason, ...held });
      return { state: { ...state, status: 'cancelled', error: outcome.reason }, trace };
    }
    default:
      return unreachable(outcome);
  }
}

/** Stops a run wherever it stands (a person, a newer run). A run that ended stays as it is. */
export function cancelRun(steps: readonly Step[], state: RunState, reason: string, now: number): Progress {
  if (hasEnded(state)) return { state, trace: undefined };
  return {
    state: { ...state, status: 'cancelled', error: reason },
    trace: traceOf(steps, state, now, { status: 'skipped', error: reason }),
  };
}

/**
 * A failed or cancelled run goes on with the step it stopped at; a partial one runs again the steps that were passed
 * over, and no other (SPEC R7). undefined for a run that is neither, or whose steps are not there any more.
 */
export function retryFromFailed(steps: readonly Step[], state: RunState): RunState | undefined {
  /** Over already: the step begins at once, whatever its delay. */
  const phase: StepPhase = { at: 'delayed', until: 0 };
  const again = { ...state, status: 'running' as const, error: '', taken: 0, phase };
  if (state.status === 'failed' || state.status === 'cancelled') return stepAt(steps, state.frames) ? again : undefined;
  const [first, ...rest] = state.passedOver;
  if (state.status !== 'partial' || !first || state.passedOver.some((frames) => !stepAt(steps, frames)))
    return undefined;
  return {
    ...again,
    frames: first,
    failures: state.failures - state.passedOver.length,
    passedOver: [],
    retrying: { depth: first.length, rest },
  };
}

function follow(steps: readonly Step[], state: RunState, outcome: Extract<StepOutcome, { outcome: 'done' }>): RunState {
  const { flow } = outcome;
  switch (flow?.effect) {
    case undefined:
      return passStep(state);
    case 'variables':
      return passStep({ ...state, vars: { ...state.vars, ...flow.variables } });
    case 'branch':
      return enterBranch(steps, state, flow.branch);
    case 'rounds':
      return enterRounds(steps, state, flow.items);
    default:
      return unreachable(flow);
  }
}

function branchTaken({ flow }: Extract<StepOutcome, { outcome: 'done' }>): { branch?: string } {
  if (flow?.effect === 'branch') return { branch: flow.branch };
  return flow?.effect === 'rounds' ? { branch: 'steps' } : {};
}

/** SPEC R3, in milliseconds. */
function backOff(step: Step, attempt: number, random: number): number {
  return Math.round(step.retry.backoffSeconds * 1000 * 2 ** (attempt - 1) * (1 - random / 2));
}

function traceOf(
  steps: readonly Step[],
  { frames, phase, about }: RunState,
  now: number,
  update: Pick<StepTrace, 'status'> & Partial<StepTrace>,
): StepTrace | undefined {
  const step = stepAt(steps, frames);
  if (!step || phase.at === 'start' || phase.at === 'delayed') return undefined;
  return {
    stepId: step.id,
    key: stepKey(step.id, frames),
    type: step.type,
    name: step.name,
    attempts: phase.attempt,
    startedAt: new Date(phase.since).toISOString(),
    durationMs: Math.max(0, Math.round(now - phase.since)),
    input: phase.input,
    error: '',
    ...(about ? { about: [...about] } : {}),
    ...update,
  };
}

function tooManySteps(step: Step): string {
  return `The run took ${mostSteps} steps and was stopped at '${step.name}'. Lower the caps of its loops, or split the rule.`;
}

function isoOrNone(until: number): string {
  return until >= Number.MAX_SAFE_INTEGER ? '' : new Date(until).toISOString();
}
