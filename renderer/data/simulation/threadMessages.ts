import type { Problem } from '#shared/kernel/errors.ts';
import type { ListRequest, RowKey } from '#shared/replica/listRequest.ts';
import type { ThreadAsk, ThreadAnswers, ThreadParts } from './threadTasks.ts';

/** What the simulation's thread reads: it has no way to write. The window passes these on to the engine. */
export type ThreadRead =
  | { read: 'after'; list: ListRequest; after: RowKey | null; limit: number }
  | { read: 'find'; kind: string; ids: string[] };

/** What the window sends to the thread. One task at a time. */
export type ToThread =
  | { type: 'ask'; id: number; ask: ThreadAsk }
  | { type: 'stop'; id: number }
  /** Documents as JSON text; `last` of a list. */
  | { type: 'text'; number: number; text: string; last: RowKey | null }
  | { type: 'unreadable'; number: number; message: string };

/** What the thread sends to the window. */
export type FromThread =
  | { type: 'read'; number: number; read: ThreadRead }
  /** Something found on the way. */
  | { type: 'part'; id: number; part: ThreadParts[keyof ThreadParts] }
  | { type: 'answer'; id: number; answer: ThreadAnswers[keyof ThreadAnswers] }
  | { type: 'failed'; id: number; problem: Problem }
  | { type: 'stopped'; id: number };
