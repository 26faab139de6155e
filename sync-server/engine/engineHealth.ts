import type { EngineHealth } from '#shared/protocol/engine.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import type { StoreReader } from '../storage/store.ts';
import { readCounts } from './engineCounts.ts';
import type { EngineStatistics } from './engineStatistics.ts';

const mostDead = 100;

/** How the engine is doing, over all tenants. */
export async function engineHealth(
  store: StoreReader,
  statistics: EngineStatistics,
  clock: Clock,
): Promise<EngineHealth> {
  const now = clock();
  const { oldestDueAt, ...jobs } = await store.jobStats(now);
  const counts = await readCounts(store);
  const hour = statistics.lastHour();
  const sum = (count: (one: (typeof hour)[number]) => number) => hour.reduce((total, one) => total + count(one), 0);
  const finished = (one: (typeof hour)[number]) =>
    one.runsSuccess + one.runsPartial + one.runsFailed + one.runsCancelled;
  const ended = sum(finished);
  return {
    jobs: { ...jobs, ...(oldestDueAt === undefined ? {} : { oldestDueAt }) },
    events: {
      pending: counts.pendingEvents,
      failed: counts.failedEvents,
      perMinute: hour.map(({ minute, eventsReceived, eventsProcessed, eventsFailed }) => ({
        minute,
        received: eventsReceived,
        processed: eventsProcessed,
        failed: eventsFailed,
      })),
    },
    runs: {
      running: counts.runningRuns,
      waiting: counts.waitingRuns,
      perMinute: hour.map((one) => ({
        minute: one.minute,
        started: one.runsStarted,
        finished: finished(one),
        failed: one.runsFailed,
      })),
      failureRate: ended === 0 ? 0 : sum((one) => one.runsFailed) / ended,
      retries: sum((one) => one.retries),
    },
    webhooks: { attempts: sum((one) => one.webhooks), failed: sum((one) => one.webhooksFailed) },
    oldestWaitingSeconds: oldestDueAt === undefined ? 0 : Math.max(0, (now - oldestDueAt) / 1000),
    dead: (await store.deadJobs(mostDead)).map(({ id, type, tenantId, problem, attempts, createdAt }) => ({
      id,
      type,
      tenantId,
      problem,
      attempts,
      createdAt: new Date(createdAt).toISOString(),
    })),
  };
}
