import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Problem } from '#shared/kernel/errors.ts';
import { loginSchema, refreshSchema } from '#shared/protocol/session.ts';
import type { SignIn } from '../features/signIn/signIn.ts';
import { parseRequest } from './parseRequest.ts';
import { refuse } from './refuse.ts';

/** Wrong passwords of one account from one address: ten in a quarter of an hour. */
const failedLogins = () => new RateLimiterMemory({ points: 10, duration: 900 });
/** All sign-in requests of one address in a minute. */
const requestsPerAddress = () => new RateLimiterMemory({ points: 1200, duration: 60 });

export function addSignInRoutes(app: FastifyInstance, signIn: SignIn): void {
  const perAccount = failedLogins();
  const perAddress = requestsPerAddress();
  const admitted = async (request: FastifyRequest, reply: FastifyReply): Promise<boolean> => {
    const spent = await perAddress.consume(request.ip).then(
      () => false,
      () => true,
    );
    if (spent) await refuse(reply, tooMany);
    return !spent;
  };
  app.post('/v1/auth/login', async (request, reply) => {
    if (!(await admitted(request, reply))) return reply;
    const body = parseRequest(loginSchema, request.body);
    if (!body.ok) return refuse(reply, body.error);
    const key = `${body.value.email.toLowerCase()}|${request.ip}`;
    const tries = await perAccount.get(key);
    if (tries && tries.remainingPoints <= 0) return refuse(reply, tooMany);
    const outcome = await signIn.login(body.value, request.ip);
    if (outcome.ok) {
      await perAccount.delete(key);
      return outcome.value;
    }
    await perAccount.penalty(key, 1);
    return refuse(reply, outcome.error);
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

const tooMany: Problem = { code: 'rate_limited', message: 'Too many attempts. Wait some minutes, then try again.' };
