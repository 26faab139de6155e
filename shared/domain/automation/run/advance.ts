import type { Json } from '../../../kernel/json.ts';
import type { Step } from '../../../resources/automation/step.ts';
import type { RunWaiting, StepTrace } from '../../../resources/runs/run.ts';
import type { RunState, StepOutcome } from './runState.ts';

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

/** A run before its first step. */
export function startRun(): RunState {
  throw new Error('being written');
}

/** `now` in milliseconds since the epoch. Pure; asking twice answers the same. */
export function nextMove(_steps: readonly Step[], _state: RunState, _now: number): Move {
  throw new Error('being written');
}

/** The step of a 'prepare' move is about to be performed; `input` is what it was prepared to, for the trace. */
export function beginStep(
  _steps: readonly Step[],
  _state: RunState,
  _begun: { attempt: number; input: Json; now: number; runId: string; unknownVariables?: readonly string[] },
): Progress {
  throw new Error('being written');
}

/** What became of the step that is performed or waited for. Also for a step that could not be prepared: begin it first. */
export function applyOutcome(
  _steps: readonly Step[],
  _state: RunState,
  _outcome: StepOutcome,
  _now: number,
  /** 0 ≤ n < 1, for the jitter of back-off. */
  _random: () => number,
): Progress {
  throw new Error('being written');
}

/** Stops a run wherever it stands (a person, a newer run). A run that ended stays as it is. */
export function cancelRun(_steps: readonly Step[], _state: RunState, _reason: string, _now: number): Progress {
  throw new Error('being written');
}

/**
 * A failed or cancelled run goes on with the step it stopped at; a partial one runs again the steps that were passed
 * over, and no other. undefined for a run that is neither, or whose steps are not there any more.
 */
export function retryFromFailed(_steps: readonly Step[], _state: RunState): RunState | undefined {
  throw new Error('being written');
}
