import type { Problem } from '#shared/kernel/errors.ts';
import type { ThreadRead, ThreadReadAnswer } from '../read/threadRead.ts';
import type { ThreadAsk, ThreadAnswers, ThreadParts } from './threadTasks.ts';

/** What the window sends to the thread. One task at a time. */
export type ToThread = { type: 'ask'; id: number; ask: ThreadAsk } | { type: 'stop'; id: number } | ThreadReadAnswer;

/** What the thread sends to the window. */
export type FromThread =
  | { type: 'read'; number: number; read: ThreadRead }
  /** Something found on the way. */
  | { type: 'part'; id: number; part: ThreadParts[keyof ThreadParts] }
  | { type: 'answer'; id: number; answer: ThreadAnswers[keyof ThreadAnswers] }
  | { type: 'failed'; id: number; problem: Problem }
  | { type: 'stopped'; id: number };
