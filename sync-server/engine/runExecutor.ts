import { applyOutcome, nextMove } from '#shared/domain/automation/run/advance.ts';
import { unreachable } from '#shared/kernel/exhaustive.ts';
import { living } from './livingRecord.ts';
import { keepProgress } from './runProgress.ts';
import type { OpenRun } from './runProgress.ts';
import { doStep, inTurn } from './runSteps.ts';
import type { StepSources } from './runSteps.ts';
import { readRun } from './runState.ts';

export interface RunExecutor {
  /** Goes on with a run until it ends or sleeps; a turn that is over does nothing. */
  advance: (runId: string, turn: number, signal: AbortSignal) => Promise<void>;
  /** Breaks off what a cancelled run does outside. */
  breakOff: (runId: string) => void;
}

/** Executes runs step by step. All it knows is in the store: any process may go on where another one stopped. */
export function createRunExecutor(sources: StepSources): RunExecutor {
  const { store, programs, clock, random } = sources;
  /** Runs under way in this process, so that a repeated job joins instead of doing a step beside the first. */
  const underWay = new Map<string, { done: Promise<void>; controller: AbortController }>();

  const open = async (runId: string): Promise<OpenRun | undefined> => {
    const record = living((await store.getRecords([runId])).get(runId), 'run');
    const stored = await readRun(store, runId);
    if (!record || !stored) return undefined;
    return { record, stored, program: await programs.read(store, stored.ruleId, stored.revision) };
  };
  const work = async (runId: string, turn: number, signal: AbortSignal): Promise<void> => {
    let run = await open(runId);
    if (!run || run.stored.turn !== turn || run.stored.inLine) return;
    while (run) {
      if (signal.aborted) throw signal.reason;
      const current: OpenRun = run;
      const { steps } = current.program;
      const move = nextMove(steps, current.stored.state, clock());
      switch (move.move) {
        case 'prepare':
          run = await doStep(sources, current, move, signal);
          break;
        case 'resume':
          run = await inTurn(sources, current, (batch, now) => {
            const progress = applyOutcome(steps, now.stored.state, move.outcome, clock(), random);
            return keepProgress(batch, sources, now, [progress], 'caller');
          });
          break;
        case 'sleep':
        case 'end':
          run = await inTurn(sources, current, (batch, now) =>
            keepProgress(batch, sources, now, [{ state: move.state, trace: undefined }], 'caller'),
          );
          break;
        default:
          return unreachable(move);
      }
    }
  };
  return {
    advance: async (runId, turn, signal) => {
      const before = underWay.get(runId);
      if (before) await before.done.catch(() => undefined);
      const controller = new AbortController();
      const done = work(runId, turn, AbortSignal.any([signal, controller.signal]));
      underWay.set(runId, { done, controller });
      try {
        await done;
      } catch (error) {
        // A run that was stopped meanwhile has nothing left to do.
        if (!controller.signal.aborted) throw error;
      } finally {
        if (underWay.get(runId)?.done === done) underWay.delete(runId);
      }
    },
    breakOff: (runId) => underWay.get(runId)?.controller.abort(new Error('the run was stopped')),
  };
}
