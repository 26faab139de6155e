import type { FastifyInstance } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import * as z from 'zod';
import type { Problem } from '#shared/kernel/errors.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import type { AcceptEvents } from '../engine/acceptEvents.ts';
import type { Answer, Idempotency } from '../features/idempotency/idempotency.ts';
import type { InboundWebhooks } from '../features/inboundWebhooks/inboundWebhooks.ts';
import type { CountEvent } from './eventRoutes.ts';
import { parseRequest } from './parseRequest.ts';
import { spend } from './rateLimits.ts';
import { refusalOf, refuse, statusOf } from './refuse.ts';

export interface InboundEdges {
  acceptEvents: AcceptEvents;
  inboundWebhooks: InboundWebhooks;
  idempotency: Idempotency;
  clock: Clock;
}

const bodyLimit = 256 * 1024;
/** Milliseconds in which the same call answers as the first did. */
const answersKept = 10 * 60_000;
const parameters = z.object({ ruleId: z.string().min(1).max(64), token: z.string().min(1).max(100) });
const anyJson = z.json();

/** `POST /v1/hooks/:ruleId/:token`: a call from outside becomes an event, `webhook.received` of the rule. */
export async function addInboundWebhookRoutes(
  app: FastifyInstance,
  edges: InboundEdges,
  callsPerMinute: number,
  count: CountEvent,
): Promise<void> {
  const { acceptEvents, inboundWebhooks, idempotency, clock } = edges;
  const perRule = new RateLimiterMemory({ points: callsPerMinute, duration: 60 });
  // The signature is over the bytes as they came, so here nothing is parsed before the handler, whatever it is called.
  await app.register(async (raw) => {
    raw.removeAllContentTypeParsers();
    raw.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    raw.post('/v1/hooks/:ruleId/:token', { bodyLimit }, async (request, reply) => {
      const address = parseRequest(parameters, request.params);
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const { ruleId, token } = address.ok ? address.value : { ruleId: '', token: '' };
      const call = await inboundWebhooks.verify({ ruleId, token, headers: request.headers, body });
      if (!call.ok) return refuse(reply, call.error);
      if (!(await spend(perRule, ruleId, 1, reply))) return reply;
      const data = parseJson(body);
      if (!data.ok) return refuse(reply, data.error);
      const { tenantId, webhookId } = call.value;
      const receive = async (): Promise<Answer> => {
        const [outcome] = await acceptEvents([
          {
            module: 'webhook',
            code: 'received',
            tenantId,
            entityType: 'rule',
            entityId: ruleId,
            data: isJsonObject(data.value) ? data.value : { value: data.value },
            triggeredBy: 'webhook',
            source: 'webhook',
            occurredAt: new Date(clock()).toISOString(),
            idempotencyKey: `webhook:${ruleId}:${webhookId}`,
          },
        ]);
        if (!outcome) throw new Error('an event was handed over and not answered');
        count('webhook', outcome.status);
        if (outcome.status === 'refused')
          return { status: statusOf(outcome.problem), body: refusalOf(outcome.problem) };
        return { status: 202, body: { id: outcome.id, status: outcome.status } };
      };
      const once = await idempotency.once(
        { scope: `hook:${ruleId}`, key: webhookId, fingerprint: '', keepFor: answersKept },
        receive,
      );
      if (once.outcome !== 'answered') throw new Error('a call was taken for another one');
      const { answer } = once;
      return reply.status(answer.status).send(answer.body);
    });
  });
}

function parseJson(body: Buffer): ReturnType<typeof parseRequest<z.infer<typeof anyJson>>> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return { ok: false, error: noJson };
  }
  return parseRequest(anyJson, value);
}

const noJson: Problem = { code: 'invalid_message', message: 'The body is no JSON. Send a JSON value.' };
