import type { Clock } from '#shared/kernel/sources.ts';
import type { Job, SyncStore } from '../storage/store.ts';

/** Does one job; running it a second time after a crash must change nothing. */
export type JobHandler = (job: Job) => Promise<void>;

interface JobRunnerOptions {
  store: SyncStore;
  clock: Clock;
  handlers: Readonly<Record<string, JobHandler>>;
  onFault: (job: Job, error: unknown) => void;
}

/** Milliseconds. */
const pollEvery = 1000;
const lease = 60_000;
const atOnce = 50;
const mostAttempts = 8;

/** Works off the store's job queue: at least once each, with growing pauses, dead after the last attempt. */
export function createJobRunner({ store, clock, handlers, onFault }: JobRunnerOptions): {
  start: () => void;
  /** Looks for work now. */
  wake: () => void;
  stop: () => Promise<void>;
} {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let stopped = true;

  const work = async (): Promise<void> => {
    for (;;) {
      if (stopped || (await store.countJobs()).waiting === 0) return;
      const jobs = await store.transaction((transaction) =>
        transaction.claimJobs({
          now: clock(),
          leaseUntil: clock() + lease,
          limit: atOnce,
          perTenant: atOnce,
          token: 'runner',
        }),
      );
      for (const job of jobs) await attempt(job);
      if (jobs.length < atOnce) return;
    }
  };
  const attempt = async (job: Job): Promise<void> => {
    try {
      const handler = handlers[job.type];
      if (!handler) throw new Error(`no handler for jobs of type '${job.type}'`);
      await handler(job);
      await store.transaction((transaction) => transaction.finishJob(job.id));
    } catch (error) {
      const last = job.attempts >= mostAttempts;
      if (last) onFault(job, error);
      const problem = error instanceof Error ? error.message : String(error);
      const retryAt = last ? undefined : clock() + 1000 * 2 ** job.attempts;
      await store.transaction((transaction) => transaction.failJob(job.id, problem, retryAt));
    }
  };
  const wake = () => {
    if (stopped || running) return;
    running = work()
      .catch(() => undefined) // A store that cannot answer now is asked again at the next poll.
      .finally(() => (running = undefined));
  };
  return {
    start: () => {
      stopped = false;
      timer = setInterval(wake, pollEvery);
    },
    wake,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
