import { randomBytes } from 'node:crypto';
import { Server as SecureServer } from 'node:https';
import type { Logger } from 'pino';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import { createAccounts } from './accounts.ts';
import { createAuditing } from './auditing.ts';
import { createAutomation } from './automation.ts';
import { createFirstAdministrator } from './commands/createFirstAdministrator.ts';
import { demoMark, seedDemo } from './commands/seedDemo.ts';
import type { Options } from './config/options.ts';
import { proxyList } from './config/proxyList.ts';
import { readTlsFiles } from './config/tlsFiles.ts';
import { createWriteObserver } from './engine/automationEngine.ts';
import type { JobHandler } from './engine/jobRunner.ts';
import { createRuleBook } from './engine/ruleBook.ts';
import { demoPassword } from './features/demo/demoOptions.ts';
import { createSealer } from './features/secrets/sealedValue.ts';
import { createNetworks } from './features/privacy/networks.ts';
import { createSignIn } from './features/signIn/signIn.ts';
import { createHttpServer } from './http/httpServer.ts';
import { createMetrics } from './http/metrics.ts';
import { defaultRates } from './http/rateLimits.ts';
import type { ListedRoute } from './http/routeList.ts';
import { trustedProxies } from './http/trustedProxies.ts';
import { defaultDoorLimits } from './sockets/doorkeeper.ts';
import { createSocketServer } from './sockets/socketServer.ts';
import type { SyncStore } from './storage/store.ts';
import { createOidc } from './oidc.ts';
import { createDeparture } from './departure.ts';
import { createPrivacy } from './privacy.ts';
import { createAccessWatch, createRights } from './rights.ts';
import { loadServerKey } from './serverKey.ts';
import { openSqliteStore } from './storage/sqlite/openSqliteStore.ts';
import { createPrincipals } from './sync/principals.ts';
import { createSyncCore } from './sync/syncCore.ts';

export interface Sources {
  clock: Clock;
  ids: IdSource;
  log: Logger;
}

export interface RunningServer {
  /** `http://host:port`, or `https:` with a certificate. */
  url: string;
  /** Reads certificate and key again; lines that are open stay. @throws CommandLineError and keeps the old ones */
  reloadCertificate: () => void;
  /** Every way in over HTTP. */
  routes: readonly ListedRoute[];
  /** Says goodbye to consoles, finishes what was accepted, closes the store. */
  stop: () => Promise<void>;
}

const dayInMilliseconds = 24 * 3600 * 1000;
const compactEvery = 3600 * 1000;

/** Opens the store, fills an empty one as the options say, and serves until stopped. */
export async function startServer(options: Options, { clock, ids, log }: Sources): Promise<RunningServer> {
  const [tls, proxies] = [readTlsFiles(options), trustedProxies(proxyList(options['trust-proxy']))];
  const store = openSqliteStore(options.data, clock);
  await fill(store, options, { clock, ids, log });
  const identity = await identityOf(store, ids);
  const principals = createPrincipals(store, clock);
  await principals.refresh();
  const metrics = createMetrics();
  const book = createRuleBook();
  const watch = createAccessWatch(store, clock);
  const core = createSyncCore({
    store,
    clock,
    ids,
    currentPrincipal: (given) => principals.principalOf(given.id),
    observer: createWriteObserver(book, clock),
    recorder: watch.recorder,
  });
  const networks = createNetworks({
    store,
    clock,
    onFault: (what, error) => log.error({ err: error }, `${what} failed`),
  });
  await networks.load();
  const { networkOf } = networks;
  const signIn = createSignIn({
    store,
    write: core.write,
    accountByEmail: principals.accountByEmail,
    account: principals.account,
    networkOf,
    sealer: createSealer(loadServerKey(options)),
    clock,
    ids,
    secret: identity.tokenSecret,
    offlineDays: options['offline-days'],
  });
  const areaJobs: Record<string, JobHandler> = {};
  const automation = createAutomation({ options, store, core, book, principals, metrics, areaJobs, clock, ids, log });
  const parts = { options, store, core, principals, signIn, serverId: identity.serverId, networkOf, clock, ids, log };
  const areas = [
    createAccounts(parts),
    createOidc(parts),
    createAuditing(parts),
    createRights(parts, watch),
    createPrivacy(parts),
    createDeparture(parts),
  ];
  for (const area of areas) Object.assign(areaJobs, area.jobs);
  let ready = false;
  const origins = options['allowed-origins'].split(',').map((origin) => origin.trim());
  const { app: http, routes } = await createHttpServer({
    store,
    principals,
    signIn,
    metrics,
    log,
    origins,
    tls,
    proxies,
    ready: () => ready,
    automation: automation.edges,
    rates: { ...defaultRates, staff: options['requests-per-minute'], events: options['events-per-minute'] },
    openMetrics: options.metrics === 'open',
    patience: options['connect-seconds'] * 1000,
    modules: areas.flatMap((area) => area.modules),
  });
  const sockets = createSocketServer({
    http: http.server,
    core,
    store,
    principals,
    signIn,
    metrics,
    clock,
    serverId: identity.serverId,
    demo: identity.demo,
    offlineDays: options['offline-days'],
    origins,
    addressOf: proxies.addressOf,
    networkOf,
    doorLimits: {
      ...defaultDoorLimits,
      connections: options['max-connections'],
      perPerson: options['max-connections-per-person'],
      patience: options['connect-seconds'] * 1000,
    },
    onFault: (what, error) => log.error({ err: error }, `${what} failed`),
  });
  await sockets.start();
  await automation.start();
  for (const area of areas) await area.start();
  const compaction = setInterval(() => {
    const before = clock() - options['tombstone-days'] * dayInMilliseconds;
    store
      .transaction(async (transaction) => {
        await transaction.compact(before);
        await transaction.pruneEntries(clock());
      })
      .catch((error: unknown) => log.warn({ err: error }, 'what is outdated could not be removed; tried again later'));
  }, compactEvery);
  const url = await http.listen({ port: options.port, host: options.host });
  ready = true;
  log.info({ url, data: options.data }, 'ready');
  if (identity.demo) log.info(`demo accounts are open, all with the password ${demoPassword}`);
  return {
    url,
    reloadCertificate: () => {
      const files = readTlsFiles(options);
      if (files && http.server instanceof SecureServer) http.server.setSecureContext(files);
    },
    routes,
    stop: async () => {
      ready = false;
      clearInterval(compaction);
      await sockets.close();
      await http.close();
      for (const area of areas) await area.stop();
      await automation.stop();
      await core.drain();
      await store.close();
    },
  };
}

async function fill(store: SyncStore, options: Options, { clock, ids, log }: Sources): Promise<void> {
  if ((await store.latestSequence()) > 0) return;
  if (options.seed === 'demo') {
    const started = performance.now();
    const count = await seedDemo(
      store,
      {
        tenants: options['demo-tenants'],
        rules: options['demo-rules'],
        events: options['demo-events'],
        auditEntries: options['demo-audit'],
        referrals: options['demo-referrals'],
        clicks: options['demo-clicks'],
        anomalies: options['demo-anomalies'],
      },
      clock,
      ids,
    );
    log.info({ records: count, milliseconds: Math.round(performance.now() - started) }, 'demo data loaded');
  } else if (options['admin-email'] !== '') {
    const account = { email: options['admin-email'], password: options['admin-password'] };
    await createFirstAdministrator(store, account, clock, ids);
    log.info({ email: account.email }, 'first administrator made');
  }
}

/** What a store is known by, made with it and kept in it. */
async function identityOf(
  store: SyncStore,
  ids: IdSource,
): Promise<{ serverId: string; tokenSecret: Uint8Array; demo: boolean }> {
  const [serverId, secret, demo] = [
    await store.getMeta('serverId'),
    await store.getMeta('tokenSecret'),
    await store.getMeta(demoMark),
  ];
  if (serverId && secret) return { serverId, tokenSecret: Buffer.from(secret, 'base64url'), demo: demo !== undefined };
  const made = { serverId: ids(), tokenSecret: randomBytes(32) };
  await store.transaction(async (transaction) => {
    await transaction.putMeta('serverId', made.serverId);
    await transaction.putMeta('tokenSecret', made.tokenSecret.toString('base64url'));
  });
  return { ...made, demo: demo !== undefined };
}
