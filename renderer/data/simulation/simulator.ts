import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { TextReads } from '../read/textReads.ts';
import { answerThreadRead } from '../read/threadRead.ts';
import type { FromThread, ToThread } from './threadMessages.ts';
import type { ThreadAnswers, ThreadAsk, ThreadParts, ThreadTask } from './threadTasks.ts';

/** The part of a Worker that is used here. */
export interface SimulationThread {
  postMessage: (message: ToThread) => void;
  onMessage: (listener: (message: FromThread) => void) => void;
  /** It ended by itself: out of memory, or its code could not be loaded. */
  onEnd: (listener: (message: string) => void) => void;
  terminate: () => void;
}

export type TaskOutcome<Task extends ThreadTask> =
  | { outcome: 'done'; answer: ThreadAnswers[Task] }
  | { outcome: 'stopped' }
  | { outcome: 'failed'; problem: Problem };

/** Simulates beside the window. One task at a time: a new one stops the one before. */
export interface Simulator {
  run: <Task extends ThreadTask>(
    ask: ThreadAsk & { task: Task },
    onPart?: (part: ThreadParts[Task]) => void,
  ) => Promise<TaskOutcome<Task>>;
  stop: () => void;
  close: () => void;
}

export interface SimulatorParts {
  texts: () => TextReads;
  spawn: () => SimulationThread;
  /** Delays work; answers how to call it off. */
  schedule: (milliseconds: number, work: () => void) => () => void;
}

/** Milliseconds a thread has to answer that it stopped, before it is ended. */
const stopPatience = 500;
/** Milliseconds that one event, or the tests of one rule, may take. */
const taskPatience = 20_000;

interface Running {
  id: number;
  onPart: (part: never) => void;
  settle: (outcome: TaskOutcome<ThreadTask>) => void;
  cancelTimer: () => void;
}

export function createSimulator({ texts, spawn, schedule }: SimulatorParts): Simulator {
  let thread: SimulationThread | undefined;
  let running: Running | undefined;
  let ids = 0;

  const settle = (outcome: TaskOutcome<ThreadTask>): void => {
    const task = running;
    running = undefined;
    task?.cancelTimer();
    task?.settle(outcome);
  };
  const end = (outcome: TaskOutcome<ThreadTask>): void => {
    thread?.terminate();
    thread = undefined;
    settle(outcome);
  };
  const answerRead = async (on: SimulationThread, asked: Extract<FromThread, { type: 'read' }>) => {
    const answer = await answerThreadRead(texts, asked);
    if (on === thread) on.postMessage(answer);
  };
  const open = (): SimulationThread => {
    const made = spawn();
    made.onMessage((message) => {
      if (made !== thread) return;
      if (message.type === 'read') {
        void answerRead(made, message);
        return;
      }
      if (message.id !== running?.id) return;
      switch (message.type) {
        case 'part':
          running.onPart(message.part as never);
          return;
        case 'answer':
          settle({ outcome: 'done', answer: message.answer });
          return;
        case 'failed':
          settle({ outcome: 'failed', problem: message.problem });
          return;
        case 'stopped':
          settle({ outcome: 'stopped' });
      }
    });
    made.onEnd((message) => made === thread && end({ outcome: 'failed', problem: { code: 'internal', message } }));
    return made;
  };
  const stop = (): void => {
    if (!running || !thread) return;
    const { id } = running;
    thread.postMessage({ type: 'stop', id });
    running.cancelTimer();
    running.cancelTimer = schedule(stopPatience, () => running?.id === id && end({ outcome: 'stopped' }));
  };
  return {
    run: (ask, onPart) => {
      // What is not stopped by the time the next begins is ended: its answer would come too late for anybody.
      if (running) end({ outcome: 'stopped' });
      const on = (thread ??= open());
      const id = ++ids;
      const timer =
        ask.task === 'history'
          ? () => undefined
          : schedule(taskPatience, () => {
              const problem = problemOf('too_large', saying('simulation_too_long', { seconds: taskPatience / 1000 }));
              if (running?.id === id) end({ outcome: 'failed', problem });
            });
      return new Promise((resolve) => {
        running = {
          id,
          onPart: (part) => onPart?.(part),
          settle: (outcome) => resolve(outcome as never),
          cancelTimer: timer,
        };
        on.postMessage({ type: 'ask', id, ask });
      });
    },
    stop,
    close: () => end({ outcome: 'stopped' }),
  };
}
