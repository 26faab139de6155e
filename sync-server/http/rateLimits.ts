import type { FastifyReply } from 'fastify';
import { RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { refuse } from './refuse.ts';

/** Budgets of a minute. */
export interface Rates {
  /** Requests of one person, records aside. */
  staff: number;
  /** Events of one key; a request without events counts as one. */
  events: number;
  /** Calls of one rule's webhook. */
  calls: number;
}

export const defaultRates: Rates = { staff: 100, events: 60_000, calls: 600 };

/**
 * Takes points from a budget and says in the answer's headers what is left (requests or events, seconds). False: there were
 * not enough, and the request has been refused.
 */
export async function spend(
  limiter: RateLimiterMemory,
  key: string,
  points: number,
  reply: FastifyReply,
): Promise<boolean> {
  const outcome = await limiter.consume(key, points).catch((spent: unknown) => spent);
  if (!(outcome instanceof RateLimiterRes)) throw outcome;
  const left = Math.max(0, limiter.points - outcome.consumedPoints);
  const reset = Math.ceil(outcome.msBeforeNext / 1000);
  reply.headers({ 'ratelimit-limit': limiter.points, 'ratelimit-remaining': left, 'ratelimit-reset': reset });
  if (outcome.consumedPoints <= limiter.points) return true;
  const wait = Math.max(1, reset);
  await refuse(reply.header('retry-after', wait), tooManyFor(wait));
  return false;
}

/** `wait` in seconds, as in the header `Retry-After`. */
function tooManyFor(wait: number): Problem {
  return problemOf('rate_limited', saying('too_many_requests', { wait }), { details: { retryAfter: wait } });
}
