import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { SignIn } from '../features/signIn/signIn.ts';
import { StoreFailure } from '../storage/store.ts';
import type { StoreReader } from '../storage/store.ts';
import type { Principals } from '../sync/principals.ts';
import { addAutomationRoutes } from './automationRoutes.ts';
import type { AutomationEdges } from './automationRoutes.ts';
import type { Metrics } from './metrics.ts';
import { olderRecords } from './olderRecords.ts';
import { defaultRates } from './rateLimits.ts';
import type { Rates } from './rateLimits.ts';
import { refuse } from './refuse.ts';
import { addSignInRoutes } from './signInRoutes.ts';
import { listRoutes } from './routeList.ts';
import type { ListedRoute } from './routeList.ts';
import type { RouteModule } from './routeModule.ts';
import { securityHeaders } from './securityHeaders.ts';
import { createSessionGate, createStaffGate } from './staffGate.ts';
import { trustedProxies } from './trustedProxies.ts';
import type { TrustedProxies } from './trustedProxies.ts';

export interface HttpServerOptions {
  store: StoreReader;
  principals: Principals;
  signIn: SignIn;
  metrics: Metrics;
  log: FastifyBaseLogger;
  origins: readonly string[];
  /** False while the server starts or stops. */
  ready: () => boolean;
  /** Without it events, keys, webhooks, secrets and the engine are not served. */
  automation?: AutomationEdges;
  rates?: Rates;
  /** Whether `/metrics` answers others than this machine. Default: it does not. */
  openMetrics?: boolean;
  /** Milliseconds within which the head of a request must have come; six times that for all of it. Default 10 s. */
  patience?: number;
  /** Certificate and key in PEM form, for HTTPS; without them it is plain HTTP. */
  tls?: { cert: string; key: string } | undefined;
  /** Default: nobody is believed. */
  proxies?: TrustedProxies;
  /** What the other areas of the server add. */
  modules?: readonly RouteModule[];
}

export interface HttpServer {
  app: FastifyInstance;
  /** Every way in. */
  routes: readonly ListedRoute[];
}

/** Of one person. An export pages through everything as fast as it can. */
const recordPagesPerMinute = 6000;

const defaultPatience = 10_000;

/** HTTP beside the socket: sign-in, events, health, metrics, records older than the window. Not listening yet. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { patience = defaultPatience, tls, proxies = trustedProxies([]) } = options;
  const waits = { headersTimeout: patience, connectionsCheckingInterval: Math.min(5000, patience / 2) };
  // Of both kinds of server only what they share is used.
  const app: FastifyInstance = fastify({
    loggerInstance: options.log,
    requestTimeout: patience * 6,
    ...((tls ? { https: { ...waits, ...tls, minVersion: 'TLSv1.2' } } : { http: waits }) as { http: typeof waits }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 64 * 1024,
    trustProxy: proxies.trusts,
    frameworkErrors: (error, _request, reply) => {
      void refuse(reply, badAddress, error.statusCode ?? 400);
    },
  });
  await app.register(helmet, securityHeaders(tls !== undefined));
  await app.register(cors, {
    origin: [...options.origins],
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['content-type', 'authorization'],
  });
  // Answers hold tokens and records: nobody between server and console keeps one.
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  const routes = listRoutes(app);
  addRefusals(app);
  app.get('/healthz', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    if (!options.ready()) return refuse(reply, problemOf('unavailable', saying('starting_or_stopping')));
    await options.store.latestSequence();
    return { ok: true };
  });
  app.get('/metrics', async (request, reply) => {
    // How much is done, by whom it is asked for: the business of whoever runs the server.
    if (!options.openMetrics && !isLoopback(request.ip)) return refuse(reply, nothingHere);
    return reply.type(options.metrics.registry.contentType).send(await options.metrics.registry.metrics());
  });
  addSignInRoutes(app, options.signIn);
  const gate = createStaffGate(options, recordPagesPerMinute);
  app.get('/v1/records/:collection', async (request, reply) => {
    const principal = await gate(request, reply);
    if (!principal) return reply;
    const outcome = await olderRecords(options.store, principal, request.params, request.query);
    return outcome.ok ? outcome.value : refuse(reply, outcome.error);
  });
  const { automation, rates = defaultRates, metrics } = options;
  if (automation) await addAutomationRoutes(app, createStaffGate(options, rates.staff), automation, rates, metrics);
  const sessionGate = createSessionGate(options, rates.staff);
  for (const addRoutes of options.modules ?? []) await addRoutes(app, sessionGate);
  return { app, routes };
}

const nothingHere: Problem = problemOf('not_found', saying('no_such_address'));
const badAddress: Problem = problemOf('invalid_message', saying('address_malformed'));

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

/** What no route answers: unknown addresses, requests that cannot be read, faults. */
function addRefusals(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => refuse(reply, nothingHere));
  app.setErrorHandler((error, request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status === 413) return refuse(reply, problemOf('too_large', saying('request_too_large')));
    if (status < 500) return refuse(reply, problemOf('invalid_message', saying('request_not_json')), status);
    if (error instanceof StoreFailure) {
      request.log.warn({ err: error }, 'the store could not answer a request');
      return refuse(reply, problemOf('unavailable', saying('cannot_store_or_read')));
    }
    request.log.error({ err: error }, 'a request failed');
    return refuse(reply, problemOf('internal', saying('server_failed')));
  });
}
