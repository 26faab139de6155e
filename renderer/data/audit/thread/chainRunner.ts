import type { Problem } from '#shared/kernel/errors.ts';
import type { TextReads } from '../../read/textReads.ts';
import { answerThreadRead } from '../../read/threadRead.ts';
import type { ChainTask, ChainTaskAnswers, ChainTaskParts, FromChainThread, ToChainThread } from './chainTasks.ts';

/** The part of a Worker that is used here. */
export interface ChainWorker {
  postMessage: (message: ToChainThread) => void;
  onMessage: (listener: (message: FromChainThread) => void) => void;
  onEnd: (listener: (message: string) => void) => void;
  terminate: () => void;
}

export type ChainOutcome<Task extends ChainTask['task']> =
  | { outcome: 'done'; answer: ChainTaskAnswers[Task] }
  | { outcome: 'stopped' }
  | { outcome: 'failed'; problem: Problem };

export interface ChainRunner {
  /** The thread waits until `onPart` is done with a part of an export. One task at a time: a new one ends the one before. */
  run: <Task extends ChainTask['task']>(
    ask: ChainTask & { task: Task },
    onPart: (part: ChainTaskParts[Task]) => unknown,
  ) => Promise<ChainOutcome<Task>>;
  stop: () => void;
  close: () => void;
}

interface Running {
  id: number;
  task: ChainTask['task'];
  onPart: (part: never) => unknown;
  settle: (outcome: ChainOutcome<ChainTask['task']>) => void;
}

/** Starts the worker with the first task and ends it with `close`. */
export function createChainRunner(texts: () => TextReads, spawn: () => ChainWorker): ChainRunner {
  let worker: ChainWorker | undefined;
  let running: Running | undefined;
  let ids = 0;

  const settle = (outcome: ChainOutcome<ChainTask['task']>) => {
    const done = running;
    running = undefined;
    done?.settle(outcome);
  };
  const end = (outcome: ChainOutcome<ChainTask['task']>) => {
    worker?.terminate();
    worker = undefined;
    settle(outcome);
  };
  const failed = (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    end({ outcome: 'failed', problem: { code: 'internal', message } });
  };
  const answerRead = async (on: ChainWorker, asked: Extract<FromChainThread, { type: 'read' }>) => {
    const answer = await answerThreadRead(texts, asked);
    if (on === worker) on.postMessage(answer);
  };
  const takePart = async (on: ChainWorker, task: Running, part: unknown) => {
    try {
      await task.onPart(part as never);
      if (task.task === 'export' && on === worker) on.postMessage({ type: 'taken', id: task.id });
    } catch (error) {
      if (running === task) failed(error);
    }
  };
  const open = (): ChainWorker => {
    const made = spawn();
    made.onMessage((message) => {
      if (made !== worker) return;
      if (message.type === 'read') {
        void answerRead(made, message);
        return;
      }
      if (!running || message.id !== running.id) return;
      if (message.type === 'part') void takePart(made, running, message.part);
      else if (message.type === 'answer') settle({ outcome: 'done', answer: message.answer });
      else if (message.type === 'failed') settle({ outcome: 'failed', problem: message.problem });
      else settle({ outcome: 'stopped' });
    });
    made.onEnd((message) => made === worker && failed(new Error(message)));
    return made;
  };
  return {
    run: (ask, onPart) => {
      if (running) end({ outcome: 'stopped' });
      const on = (worker ??= open());
      const id = ++ids;
      return new Promise((resolve) => {
        running = { id, task: ask.task, onPart, settle: (outcome) => resolve(outcome as never) };
        on.postMessage({ type: 'ask', id, ask });
      });
    },
    stop: () => {
      if (running) worker?.postMessage({ type: 'stop', id: running.id });
    },
    close: () => end({ outcome: 'stopped' }),
  };
}
