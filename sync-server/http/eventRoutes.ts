import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Problem } from '#shared/kernel/errors.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import { idempotencyKeySchema } from '#shared/protocol/events.ts';
import type { AcceptEvents, AcceptOutcome, NewEvent } from '../engine/acceptEvents.ts';
import type { ApiKeys, KeyHolder } from '../features/apiKeys/apiKeys.ts';
import type { Answer, Idempotency } from '../features/idempotency/idempotency.ts';
import { isNestedTooDeep } from '../sync/nesting.ts';
import { parseRequest } from './parseRequest.ts';
import { spend } from './rateLimits.ts';
import { readEvents } from './readEvents.ts';
import { refusalOf, refuse, statusOf } from './refuse.ts';
import { bearerOf } from './staffGate.ts';

export interface EventEdges {
  /** Stores events; the other end of this door. */
  acceptEvents: AcceptEvents;
  apiKeys: ApiKeys;
  idempotency: Idempotency;
  clock: Clock;
}

/** Told of every event that came to a door. */
export type CountEvent = (source: 'http' | 'webhook', outcome: AcceptOutcome['status']) => void;

const bodyLimit = 4 * 1024 * 1024;
const answersKept = 24 * 3600 * 1000;

/** `POST /v1/events`. The key is looked at before the body is read. */
export function addEventRoutes(
  app: FastifyInstance,
  { acceptEvents, apiKeys, idempotency, clock }: EventEdges,
  eventsPerMinute: number,
  count: CountEvent,
): void {
  const perKey = new RateLimiterMemory({ points: eventsPerMinute, duration: 60 });
  const holders = new WeakMap<FastifyRequest, KeyHolder>();

  const receive = async (holder: KeyHolder, body: unknown, requestKey: string | undefined): Promise<Answer> => {
    const read = readEvents(body, { holder, now: new Date(clock()).toISOString(), requestKey });
    if (!read.ok) return refusal(read.error);
    const outcomes = await acceptValid(read.value.events, acceptEvents);
    for (const { status } of outcomes) count('http', status);
    const [first] = outcomes;
    if (!read.value.batch && first?.status === 'refused') return refusal(first.problem);
    const events = outcomes.map((outcome, index): JsonObject =>
      outcome.status === 'refused'
        ? { index, ...refusalOf(outcome.problem) }
        : { id: outcome.id, status: outcome.status },
    );
    const accepted = outcomes.filter((outcome) => outcome.status !== 'refused').length;
    return { status: 202, body: { accepted, events } };
  };

  app.post('/v1/events', {
    bodyLimit,
    onRequest: async (request, reply) => {
      const holder = await apiKeys.authenticate(bearerOf(request));
      if (!holder) return refuse(reply, unknownKey);
      if (!(await spend(perKey, holder.id, 1, reply))) return reply;
      holders.set(request, holder);
      return undefined;
    },
    handler: async (request, reply) => {
      const holder = holders.get(request);
      if (!holder) return refuse(reply, unknownKey);
      const more = countOf(request.body) - 1;
      if (more > 0 && !(await spend(perKey, holder.id, more, reply))) return reply;
      const header = request.headers['idempotency-key'];
      if (header === undefined) return send(await receive(holder, request.body, undefined));
      const key = parseRequest(idempotencyKeySchema, header);
      if (!key.ok) return refuse(reply, { ...key.error, path: 'Idempotency-Key' });
      // The fingerprint walks the whole body; one that is nested too deep has no valid event anyway.
      if (isNestedTooDeep(request.body)) return send(await receive(holder, request.body, undefined));
      const fingerprint = sha256(JSON.stringify(request.body));
      const requestKey = sha256(`${holder.id}\n${key.value}`);
      const outcome = await idempotency.once(
        { scope: holder.id, key: key.value, fingerprint, keepFor: answersKept },
        () => receive(holder, request.body, requestKey),
      );
      return outcome.outcome === 'answered' ? send(outcome.answer) : refuse(reply, otherRequest);

      function send({ status, body }: Answer) {
        return reply.status(status).send(body);
      }
    },
  });
}

/** Hands the valid ones over together; outcomes in the order of all. */
async function acceptValid(
  events: readonly Result<NewEvent, Problem>[],
  acceptEvents: AcceptEvents,
): Promise<AcceptOutcome[]> {
  const valid = events.flatMap((event) => (event.ok ? [event.value] : []));
  const accepted = valid.length > 0 ? await acceptEvents(valid) : [];
  let next = 0;
  return events.map((event) => {
    if (!event.ok) return { status: 'refused', problem: event.error };
    const outcome = accepted[next++];
    if (!outcome) throw new Error(`${valid.length} events were handed over and ${accepted.length} answered`);
    return outcome;
  });
}

function refusal(problem: Problem): Answer {
  return { status: statusOf(problem), body: refusalOf(problem) };
}

function countOf(body: unknown): number {
  const events = (body as { events?: Json } | null | undefined)?.events;
  return Array.isArray(events) ? events.length : 1;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

const unknownKey: Problem = {
  code: 'unauthenticated',
  message: 'The API key is missing, unknown, expired or revoked. Send Authorization: Bearer with a valid one.',
};
const otherRequest: Problem = {
  code: 'invalid',
  path: 'Idempotency-Key',
  message: 'This Idempotency-Key was used for another request. Use a new one for each.',
};
