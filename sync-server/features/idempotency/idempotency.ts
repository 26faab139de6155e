import * as z from 'zod';
import type { Json } from '#shared/kernel/json.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import type { SyncStore } from '../../storage/store.ts';

export interface Answer {
  /** HTTP status. */
  status: number;
  body: Json;
}

export interface OneRequest {
  /** Who asks; keys of different scopes are different. Without '/'. */
  scope: string;
  key: string;
  /** Tells requests with the same key apart. */
  fingerprint: string;
  /** Milliseconds for which the answer is remembered. */
  keepFor: number;
}

export type OnceOutcome =
  | { outcome: 'answered'; answer: Answer; /** It is the one of an earlier request. */ again: boolean }
  /** The key was used for another request. */
  | { outcome: 'other_request' };

export interface Idempotency {
  /**
   * Does the work of a request once: the same request answers the first answer again, after waiting for it if need be.
   * Answers of 500 and above are not remembered, nor is work that rejects.
   */
  once: (request: OneRequest, work: () => Promise<Answer>) => Promise<OnceOutcome>;
}

interface Found {
  fingerprint: string;
  answer: Answer;
  again: boolean;
}

const area = 'idempotency';
const rememberedSchema = z.object({ fingerprint: z.string(), status: z.int(), body: z.json() });

/** Remembers answers in entries of the store; what is under way, in memory: one process answers HTTP. */
export function createIdempotency({ store, clock }: { store: SyncStore; clock: Clock }): Idempotency {
  const underWay = new Map<string, Promise<Found>>();

  const workAndKeep = async (key: string, request: OneRequest, work: () => Promise<Answer>): Promise<Answer> => {
    const answer = await work();
    if (answer.status >= 500) return answer;
    const value = { fingerprint: request.fingerprint, ...answer };
    const expiresAt = clock() + request.keepFor;
    await store.transaction((transaction) => transaction.putEntries([{ area, key, value, expiresAt }]));
    return answer;
  };
  const findOrWork = async (key: string, request: OneRequest, work: () => Promise<Answer>): Promise<Found> => {
    const remembered = rememberedSchema.safeParse((await store.getEntries(area, [key])).get(key));
    if (!remembered.success)
      return { fingerprint: request.fingerprint, answer: await workAndKeep(key, request, work), again: false };
    const { fingerprint, status, body } = remembered.data;
    return { fingerprint, answer: { status, body }, again: true };
  };
  return {
    once: async (request, work) => {
      const key = `${request.scope}/${request.key}`;
      const running = underWay.get(key);
      const finding = running ?? findOrWork(key, request, work);
      // Noted before anything is awaited, so that of two that come together one waits for the other.
      if (!running) underWay.set(key, finding);
      try {
        const { fingerprint, answer, again } = await finding;
        if (fingerprint !== request.fingerprint) return { outcome: 'other_request' };
        return { outcome: 'answered', answer, again: again || running !== undefined };
      } finally {
        if (!running) underWay.delete(key);
      }
    },
  };
}
