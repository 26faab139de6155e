import type { Scope } from '#shared/domain/automation/scope.ts';
import { prepareStep } from '#shared/domain/automation/steps/prepareStep.ts';
import type { Preparation, StepFault } from '#shared/domain/automation/steps/preparedStep.ts';
import { failure } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import { startEvaluationProcess } from './evaluationProcess.ts';
import type { EvaluationProcess, ProcessEnd } from './evaluationProcess.ts';
import { isPlainStep, ownPartOf } from './plainStep.ts';

export interface Evaluator {
  /** Never rejects: what a template or expression does wrong, and what it exceeds, is a fault of the step. */
  prepare: (step: Step, scope: Scope) => Promise<Result<Preparation, StepFault>>;
  /** Ends all processes; what was not answered yet is a retriable fault. */
  close: () => Promise<void>;
}

interface EvaluatorOptions {
  /** Processes; as many steps are prepared at once. */
  workers?: number;
  /**
   * Milliseconds for one step, waiting for a process not included: of processor time where the system tells it, so that a
   * busy machine fails no rule, else of the wall clock.
   */
  timeoutMs?: number;
  /** Memory of one process for JavaScript values. */
  memoryMegabytes?: number;
}

interface Waiting {
  id: number;
  step: Step;
  scope: Scope;
  settle: (result: Result<Preparation, StepFault>) => void;
}

interface Lane {
  process: EvaluationProcess;
  state: 'starting' | 'idle' | 'busy' | 'killed';
  task?: Waiting;
  timer?: NodeJS.Timeout;
}

/** Rules that are remembered for having exceeded their bounds. */
const mostSuspects = 1000;
const mostFailedStarts = 5;
/** Milliseconds after which processes are started although no step has asked for one. */
const warmAfter = 2000;
/** Times its processor time that a step may take by the wall clock. */
const mostWaits = 10;

/**
 * Prepares steps in processes of their own, so that no template, expression or pattern can hold up or exhaust the server. A
 * rule that exceeded its bounds has to stand behind the others from then on, until it keeps them: those stay quick.
 */
export function createEvaluator(options: EvaluatorOptions = {}): Evaluator {
  const { workers = 2, timeoutMs = 200, memoryMegabytes = 128 } = options;
  const lanes = new Set<Lane>();
  /** What waits, by rule; the rule whose turn it is comes first. */
  const queue = new Map<string, Waiting[]>();
  const suspects = new Set<string>();
  let nextId = 1;
  let failedStarts = 0;
  let closed: (() => void) | undefined;

  const open = () => {
    const lane: Lane = {
      state: 'starting',
      process: startEvaluationProcess({
        memoryMegabytes,
        onReady: () => {
          failedStarts = 0;
          if (lane.state === 'starting') lane.state = 'idle';
          dispatch();
        },
        onDone: (id, result) => {
          if (lane.task?.id !== id || lane.state !== 'busy') return;
          suspects.delete(lane.task.scope.rule.id);
          settle(lane, result);
          lane.state = 'idle';
          dispatch();
        },
        onEnd: (end) => ended(lane, end),
      }),
    };
    lanes.add(lane);
  };

  /** Suspects come last, one at a time, and never into the last free process. */
  const takeNext = (): Waiting | undefined => {
    for (const rule of queue.keys()) if (!suspects.has(rule)) return take(rule);
    const [suspected] = queue.keys();
    const all = [...lanes];
    const suspectRuns = all.some((lane) => lane.task && suspects.has(lane.task.scope.rule.id));
    const free = all.filter((lane) => lane.state === 'idle').length;
    return suspected !== undefined && !suspectRuns && (workers === 1 || free > 1) ? take(suspected) : undefined;
  };
  /** Rules take turns: one that was served stands behind all others. */
  const take = (rule: string): Waiting | undefined => {
    const waiting = queue.get(rule) ?? [];
    const task = waiting.shift();
    queue.delete(rule);
    if (waiting.length > 0) queue.set(rule, waiting);
    return task;
  };
  const settleWaiting = (result: Result<Preparation, StepFault>) => {
    const waiting = [...queue.values()].flat();
    queue.clear();
    for (const task of waiting) task.settle(result);
  };
  const dispatch = () => {
    for (const lane of lanes) {
      if (lane.state !== 'idle') continue;
      const task = takeNext();
      if (!task) return;
      lane.state = 'busy';
      lane.task = task;
      watch(lane, task, performance.now(), timeoutMs);
      lane.process.run({ id: task.id, step: task.step, scope: task.scope });
    }
  };
  const watch = (lane: Lane, task: Waiting, began: number, pause: number) => {
    const look = () => {
      if (lane.task !== task || lane.state !== 'busy') return;
      const left = timeoutMs - (lane.process.spent() ?? timeoutMs);
      const waited = performance.now() - began;
      if (left > 0 && waited < mostWaits * timeoutMs) watch(lane, task, began, left);
      else expire(lane, task);
    };
    // An answer that has come while the server was busy counts: it is read before the immediate runs.
    lane.timer = setTimeout(() => setImmediate(look), pause);
  };
  const settle = (lane: Lane, result: Result<Preparation, StepFault>) => {
    clearTimeout(lane.timer);
    lane.task?.settle(result);
    delete lane.task;
  };
  const suspect = (ruleId: string) => {
    const [oldest] = suspects;
    if (suspects.size >= mostSuspects && oldest !== undefined) suspects.delete(oldest);
    suspects.add(ruleId);
  };
  const expire = (lane: Lane, task: Waiting) => {
    suspect(task.scope.rule.id);
    lane.state = 'killed';
    lane.process.kill();
    // Where only the wall clock is known, a busy machine may be the reason: another attempt is worth while.
    settle(
      lane,
      fault(`the step took longer than ${timeoutMs} ms to prepare; simplify its templates or expressions`, true),
    );
  };
  const ended = (lane: Lane, end: ProcessEnd) => {
    lanes.delete(lane);
    if (lane.task) {
      suspect(lane.task.scope.rule.id);
      settle(
        lane,
        end.reason === 'memory'
          ? fault(
              `the step needed more than ${memoryMegabytes} MB of memory to prepare; make what it computes smaller`,
              false,
            )
          : fault(`the process that prepared the step ended: ${end.says}`, true),
      );
    }
    if (closed) {
      if (lanes.size === 0) closed();
      return;
    }
    if (lane.state === 'starting' && end.reason === 'other' && ++failedStarts >= mostFailedStarts) {
      failedStarts = 0;
      settleWaiting(fault(`steps cannot be prepared: no process starts: ${end.says}`, true));
    }
    open();
  };

  const start = () => {
    clearTimeout(warming);
    if (closed === undefined) while (lanes.size < workers) open();
  };
  // The server's own start is not slowed down by them, and the first step finds them warm.
  const warming = setTimeout(start, warmAfter);
  warming.unref();
  return {
    prepare: (step, scope) => {
      if (closed) return Promise.resolve(fault('the server is stopping', true));
      const own = ownPartOf(step);
      if (isPlainStep(own)) return preparePlain(own, scope);
      return new Promise((settle) => {
        const waiting = queue.get(scope.rule.id);
        const task = { id: nextId++, step: own, scope, settle };
        if (waiting) waiting.push(task);
        else queue.set(scope.rule.id, [task]);
        start();
        dispatch();
      });
    },
    close: () =>
      new Promise((resolve) => {
        if (closed) return resolve();
        closed = resolve;
        clearTimeout(warming);
        settleWaiting(fault('the server is stopping', true));
        for (const lane of lanes) {
          settle(lane, fault('the server is stopping', true));
          lane.process.kill();
        }
        if (lanes.size === 0) resolve();
      }),
  };
}

async function preparePlain(step: Step, scope: Scope): Promise<Result<Preparation, StepFault>> {
  try {
    return await prepareStep(step, scope, { clock: () => performance.now() });
  } catch (error) {
    return fault(`the step could not be prepared: ${error instanceof Error ? error.message : String(error)}`, false);
  }
}

function fault(message: string, retriable: boolean): Result<Preparation, StepFault> {
  return failure({ path: '', message, retriable });
}
