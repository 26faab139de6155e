import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type * as z from 'zod';
import type { ErrorCode, Problem } from '#shared/kernel/errors.ts';
import { loginSchema, refreshSchema } from '#shared/protocol/session.ts';
import type { SignIn } from '../features/signIn/signIn.ts';
import type { Metrics } from './metrics.ts';
import type { StoreReader } from '../storage/store.ts';
import type { Principals } from '../sync/principals.ts';
import { olderRecords } from './olderRecords.ts';

export interface HttpServerOptions {
  store: StoreReader;
  principals: Principals;
  signIn: SignIn;
  metrics: Metrics;
  log: FastifyBaseLogger;
  origins: readonly string[];
  /** False while the server starts or stops. */
  ready: () => boolean;
}

const statusOf: Readonly<Partial<Record<ErrorCode, number>>> = {
  unauthenticated: 401,
  token_expired: 401,
  session_revoked: 401,
  invalid_credentials: 401,
  forbidden: 403,
  not_found: 404,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
};

/** Wrong passwords of one account from one address: ten in a quarter of an hour. */
const failedLogins = () => new RateLimiterMemory({ points: 10, duration: 900 });
/** All sign-in requests of one address in a minute. */
const requestsPerAddress = () => new RateLimiterMemory({ points: 1200, duration: 60 });

/** HTTP beside the socket: sign-in, health, metrics, records older than the window. Not listening yet. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 64 * 1024,
    trustProxy: false,
  });
  await app.register(helmet);
  await app.register(cors, {
    origin: [...options.origins],
    methods: ['GET', 'POST'],
    allowedHeaders: ['content-type', 'authorization'],
  });
  app.setNotFoundHandler((_request, reply) =>
    refuse(reply, { code: 'not_found', message: 'There is nothing at this address. See docs/protocol.md.' }),
  );
  app.setErrorHandler((error, request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status < 500) {
      const code = status === 413 ? 'too_large' : 'invalid_message';
      return refuse(
        reply,
        { code, message: status === 413 ? 'The request is too large.' : 'The request is not valid JSON.' },
        status,
      );
    }
    request.log.error({ err: error }, 'a request failed');
    return refuse(reply, { code: 'internal', message: 'The server could not handle this. It is noted. Try again.' });
  });
  app.get('/healthz', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    if (!options.ready()) return refuse(reply, { code: 'unavailable', message: 'The server is starting or stopping.' });
    await options.store.latestSequence();
    return { ok: true };
  });
  app.get('/metrics', async (_request, reply) => {
    await reply.type(options.metrics.registry.contentType).send(await options.metrics.registry.metrics());
  });
  addSignIn(app, options);
  app.get('/v1/records/:collection', (request, reply) => answerOlderRecords(request, reply, options));
  return app;
}

function addSignIn(app: FastifyInstance, { signIn }: HttpServerOptions): void {
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
    const body = parse(loginSchema, request.body);
    if ('problem' in body) return refuse(reply, body.problem);
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
    const body = parse(refreshSchema, request.body);
    if ('problem' in body) return refuse(reply, body.problem);
    const outcome = await signIn.refresh(body.value.refreshToken);
    return outcome.ok ? outcome.value : refuse(reply, outcome.error);
  });
  app.post('/v1/auth/logout', async (request, reply) => {
    if (!(await admitted(request, reply))) return reply;
    const body = parse(refreshSchema, request.body);
    if ('problem' in body) return refuse(reply, body.problem);
    await signIn.logout(body.value.refreshToken);
    return { ok: true };
  });
}

async function answerOlderRecords(
  request: FastifyRequest,
  reply: FastifyReply,
  { signIn, principals, store }: HttpServerOptions,
): Promise<unknown> {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const session = await signIn.authenticate(token);
  if (!session.ok) return refuse(reply, session.error);
  const principal = principals.principalOf(session.value.staffId);
  if (!principal) return refuse(reply, { code: 'session_revoked', message: 'This account is no longer active.' });
  const outcome = await olderRecords(store, principal, request.params, request.query);
  return outcome.ok ? outcome.value : refuse(reply, outcome.error);
}

const tooMany: Problem = { code: 'rate_limited', message: 'Too many attempts. Wait some minutes, then try again.' };

function parse<Value>(schema: z.ZodType<Value>, body: unknown): { value: Value } | { problem: Problem } {
  const parsed = schema.safeParse(body);
  if (parsed.success) return { value: parsed.data };
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  return {
    problem: {
      code: 'invalid_message',
      path,
      message: `The request is not valid at '${path}': ${issue?.message ?? ''}.`,
    },
  };
}

async function refuse(
  reply: FastifyReply,
  problem: Problem,
  status = statusOf[problem.code] ?? 400,
): Promise<FastifyReply> {
  const { code, message, path, details } = problem;
  const where = path === undefined || path === '' ? {} : { path };
  return reply
    .status(status)
    .send({ error: { code, message, ...where, ...(details === undefined ? {} : { details }) } });
}
