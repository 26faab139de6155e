import { applyOutcome, beginStep, nextMove, startRun } from '#shared/domain/automation/run/advance.ts';
import type { RunState, StepOutcome } from '#shared/domain/automation/run/runState.ts';
import { recordTrace } from '#shared/domain/automation/run/traces.ts';
import type { Traces } from '#shared/domain/automation/run/traces.ts';
import type { Step } from '#shared/resources/automation/step.ts';

/** When such a run starts, milliseconds since the epoch. */
export const runStart = Date.UTC(2026, 0, 1);

/** What becomes of a step in an attempt. */
export type Answer = (step: Step, key: string, attempt: number) => StepOutcome;

export interface Walk {
  state: RunState;
  traces: Traces;
  /** Keys with attempts, in the order in which they were performed. */
  performed: string[];
  slept: { for: string; milliseconds: number }[];
  now: number;
}

/** Walks a run to its end or to a pause without end; with `crashing`, everything is forgotten but the stored state, at every move. */
export function walkTestRun(
  steps: Step[],
  answer: Answer,
  options: { crashing?: boolean; from?: RunState; random?: number } = {},
): Walk {
  const found: Walk = {
    state: options.from ?? startRun(),
    traces: { steps: [], leftOut: 0 },
    performed: [],
    slept: [],
    now: runStart,
  };
  const store = ({ state, trace }: ReturnType<typeof beginStep>) => {
    found.state = options.crashing ? (JSON.parse(JSON.stringify(state)) as RunState) : state;
    if (trace) found.traces = recordTrace(found.traces, trace);
  };
  for (let moves = 0; moves < 200_000; moves++) {
    const move = nextMove(steps, found.state, found.now);
    found.state = move.state;
    switch (move.move) {
      case 'end':
        return found;
      case 'sleep':
        if (move.until === Number.MAX_SAFE_INTEGER) return found;
        found.slept.push({ for: move.waiting.for, milliseconds: move.until - found.now });
        found.now = move.until;
        break;
      case 'resume':
        store(applyOutcome(steps, move.state, move.outcome, found.now, () => options.random ?? 0));
        break;
      case 'prepare': {
        const begun = { attempt: move.attempt, input: move.key, now: found.now, runId: 'run' };
        store(beginStep(steps, move.state, begun));
        if (options.crashing) {
          const again = nextMove(steps, found.state, found.now);
          if (again.move !== 'prepare' || again.key !== move.key || again.attempt !== move.attempt)
            throw new Error(`after a crash in ${move.key} the run moves on with ${JSON.stringify(again)}`);
          store(beginStep(steps, again.state, begun));
        }
        found.performed.push(move.attempt === 1 ? move.key : `${move.key}#${move.attempt}`);
        const outcome = answer(move.step, move.key, move.attempt);
        store(applyOutcome(steps, found.state, outcome, found.now, () => options.random ?? 0));
      }
    }
  }
  throw new Error('the run does not end');
}
