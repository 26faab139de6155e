import type { Logger } from 'pino';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import type { Options } from './config/options.ts';
import { createAutomationEngine } from './engine/automationEngine.ts';
import { createEngineStatistics } from './engine/engineStatistics.ts';
import { createEvaluator } from './engine/evaluation/evaluator.ts';
import { createJobRunner } from './engine/jobRunner.ts';
import type { JobHandler } from './engine/jobRunner.ts';
import type { RuleBook } from './engine/ruleBook.ts';
import { createPluginActions, createServerJobs } from './engine/serverJobs.ts';
import { createEffects } from './engineEffects.ts';
import { createApiKeys } from './features/apiKeys/apiKeys.ts';
import { createIdempotency } from './features/idempotency/idempotency.ts';
import { createInboundWebhooks } from './features/inboundWebhooks/inboundWebhooks.ts';
import { createSealer } from './features/secrets/sealedValue.ts';
import { createSecrets } from './features/secrets/secrets.ts';
import { createWebhookLog } from './features/webhooks/webhookLog.ts';
import type { AutomationEdges } from './http/automationRoutes.ts';
import { countEngine } from './http/engineMetrics.ts';
import { jobMetrics } from './http/jobMetrics.ts';
import type { Metrics } from './http/metrics.ts';
import type { SyncStore } from './storage/store.ts';
import { loadServerKey } from './serverKey.ts';
import { createJobHandlers } from './sync/jobHandlers.ts';
import type { Principals } from './sync/principals.ts';
import type { SyncCore } from './sync/syncCore.ts';

interface AutomationParts {
  options: Options;
  store: SyncStore;
  core: SyncCore;
  /** The one that the core's writes ask. */
  book: RuleBook;
  principals: Principals;
  metrics: Metrics;
  /** Handlers of jobs that other areas of the server do; they may be added until `start`. */
  areaJobs: Record<string, JobHandler>;
  clock: Clock;
  ids: IdSource;
  log: Logger;
}

export interface Automation {
  /** What the HTTP routes are given. */
  edges: AutomationEdges;
  start: () => Promise<void>;
  /** Lets what runs end, for a while; what does not goes on at the next start. */
  stop: () => Promise<void>;
}

/** Rules and everything they work with: engine, evaluation, effects, job queue, and the doors for events. */
export function createAutomation(parts: AutomationParts): Automation {
  const { options, store, core, book, principals, metrics, areaJobs, clock, ids, log } = parts;
  const { write } = core;
  const random = Math.random;
  const onFault = (what: string, error: unknown) => log.error({ err: error }, `${what} failed`);
  const statistics = createEngineStatistics(clock, countEngine(metrics));
  const key = loadServerKey(options);
  const secrets = createSecrets({ store, key, clock });
  const webhookLog = createWebhookLog({ store, clock });
  const effects = createEffects({
    mail: { url: options['smtp-url'], from: options['smtp-from'] },
    model: { url: options['ai-url'], key: options['ai-key'], model: options['ai-model'] },
    secrets,
    webhookLog,
    allowPrivateWebhooks: options['webhook-allow-private'] === 'yes',
    clock,
    onFault,
    runJob: createServerJobs({ store, clock, tombstoneDays: options['tombstone-days'] }),
    pluginAction: createPluginActions(new Map()),
  });
  const evaluator = createEvaluator();
  const engine = createAutomationEngine({
    store,
    write,
    clock,
    ids,
    random,
    principalOf: principals.principalOf,
    book,
    evaluator,
    effects,
    statistics,
    runsPerMinute: options['runs-per-minute'],
    onFault,
  });
  const jobs = createJobRunner({
    store,
    clock,
    ids,
    random,
    alone: true,
    concurrency: options['engine-concurrency'],
    observer: jobMetrics(metrics),
    handlers: Object.assign(areaJobs, createJobHandlers(core, clock, principals.principalOf), engine.handlers),
    onFault: (job, error) => {
      log.error({ err: error, job: job.type, id: job.id }, 'a job failed for good');
      engine.giveUp(job).catch((cause: unknown) => onFault('ending what waited for a job', cause));
    },
  });
  const stopWaking = core.onCommitted(() => jobs.wake());
  return {
    edges: {
      acceptEvents: engine.acceptEvents,
      apiKeys: createApiKeys({ store, write, clock, ids }),
      idempotency: createIdempotency({ store, clock }),
      inboundWebhooks: createInboundWebhooks({
        store,
        clock,
        sealer: createSealer(key),
        publicUrl: options['public-url'],
      }),
      secrets,
      engineHealth: engine.health,
      records: (ids) => store.getRecords(ids),
      webhookLog: ({ limit, runId, ruleId, before }) =>
        webhookLog.read({
          limit,
          ...(runId === undefined ? {} : { runId }),
          ...(ruleId === undefined ? {} : { ruleId }),
          ...(before === undefined ? {} : { before }),
        }),
      retryDead: async (id, by) => {
        const job = (await store.getJobs([id])).get(id);
        const refusal = job && (await engine.mayNotDoAgain(job, by));
        if (refusal) return { refusal };
        const revived = await store.transaction((transaction) => transaction.reviveJob(id, clock()));
        if (revived) jobs.wake();
        return revived ? job : undefined;
      },
      write,
      clock,
    },
    start: async () => {
      await engine.start();
      jobs.start();
    },
    stop: async () => {
      stopWaking();
      await jobs.stop();
      await engine.stop();
      await evaluator.close();
      effects.close();
    },
  };
}
