import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Problem } from '#shared/kernel/errors.ts';
import { loginSchema, refreshSchema } from '#shared/protocol/session.ts';
import type { SignIn } from '../features/signIn/signIn.ts';
import { parseRequest } from './parseRequest.ts';
import { spend } from './rateLimits.ts';
import { refuse } from './refuse.ts';

/** All sign-in requests of one address in a minute. */
const requestsPerAddress = 1200;

/** Lets a request through that nobody need be signed in for. False: it has been refused. */
export type AddressGate = (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>;

export function createAddressGate(): AddressGate {
  const perAddress = new RateLimiterMemory({ points: requestsPerAddress, duration: 60 });
  return (request, reply) => spend(perAddress, request.ip, 1, reply);
}

/** Refuses, and says in a header when to come again where the problem tells. */
export async function refuseAttempt(reply: FastifyReply, problem: Problem): Promise<FastifyReply> {
  const { retryAfter } = (problem.details ?? {}) as { retryAfter?: unknown };
  if (typeof retryAfter === 'number') reply.header('retry-after', retryAfter);
  return refuse(reply, problem);
}

export function addSignInRoutes(app: FastifyInstance, signIn: SignIn): void {
  const admitted = createAddressGate();
  app.post('/v1/auth/login', async (request, reply) => {
    if (!(await admitted(request, reply))) return reply;
    const body = parseRequest(loginSchema, request.body);
    if (!body.ok) return refuse(reply, body.error);
    const outcome = await signIn.login(body.value, request.ip);
    return outcome.ok ? outcome.value : refuseAttempt(reply, outcome.error);
  });
  app.post('/v1/auth/refresh', async (request, reply) => {
    if (!(await admitted(request, reply))) return reply;
    const body = parseRequest(refreshSchema, request.body);
    if (!body.ok) return refuse(reply, body.error);
    const outcome = await signIn.refresh(body.value.refreshToken);
    return outcome.ok ? outcome.value : refuse(reply, outcome.error);
  });
  app.post('/v1/auth/logout', async (request, reply) => {
    if (!(await admitted(request, reply))) return reply;
    const body = parseRequest(refreshSchema, request.body);
    if (!body.ok) return refuse(reply, body.error);
    await signIn.logout(body.value.refreshToken);
    return { ok: true };
  });
}
