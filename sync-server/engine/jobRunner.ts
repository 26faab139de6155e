import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import type { Job, StoreTransaction, SyncStore } from '../storage/store.ts';
import { RetryLater } from './retryLater.ts';

/**
 * Does one job; running it a second time after a crash must change nothing. The signal is aborted when the server stops and
 * when somebody else has the job now.
 */
export type JobHandler = (job: Job, context: { signal: AbortSignal }) => Promise<void>;

/** What is told of every job, for measurements. Durations and delays in milliseconds. */
export interface JobObserver {
  /** `delay`: how long after it was due. */
  started?: (job: Job, delay: number) => void;
  finished?: (job: Job, duration: number) => void;
  failed?: (job: Job, problem: string, duration: number) => void;
  dead?: (job: Job, problem: string) => void;
  /** After every attempt, whatever came of it; `failed` and `finished` are not told of one that comes again uncounted. */
  ended?: (job: Job) => void;
}

export interface JobRunnerOptions {
  store: SyncStore;
  clock: Clock;
  ids: IdSource;
  /** 0 ≤ n < 1. */
  random: () => number;
  handlers: Readonly<Record<string, JobHandler>>;
  /** A job failed for good. */
  onFault: (job: Job, error: unknown) => void;
  observer?: JobObserver;
  /** Jobs at once, default 16, and of one tenant, default 4. */
  concurrency?: number;
  perTenant?: number;
  /** True: no other process works on this store, so that what an earlier one held is taken up at once. */
  alone?: boolean;
  /** Runs the work after so many milliseconds; answers how to call it off. */
  schedule?: (milliseconds: number, work: () => void) => () => void;
}

export interface JobRunner {
  start: () => void;
  /** Looks for work now. */
  wake: () => void;
  /** Takes no more work and resolves when what runs has ended; after ten seconds that is asked to break off. */
  stop: () => Promise<void>;
}

/** Milliseconds. Others may add work unseen, so the queue is looked at this often when nothing is known to come due. */
const pollEvery = 1000;
const lease = 60_000;
const extendEvery = 20_000;
const abortAfter = 10_000;
/** A handler that ignores the signal is left behind; its job comes again when the lease ends. */
const abandonAfter = 15_000;
const mostAttempts = 8;
/**
 * A job that was begun so often, by processes that ended before it did. Far above what a server that is restarted again and
 * again for other reasons comes to; low enough to be rid of a job that ends the server each time.
 */
const mostBegun = 100;
const longestPause = 15 * 60_000;

interface Running {
  job: Job;
  controller: AbortController;
  ended: Promise<void>;
}

/** Milliseconds before the next attempt: two seconds, doubled each time up to a quarter of an hour, less up to half. */
export function retryPause(attempts: number, random: () => number): number {
  return Math.round(Math.min(1000 * 2 ** attempts, longestPause) * (1 - random() / 2));
}

/** Works off the store's job queue: at least once each, with growing pauses, dead after the last attempt. */
export function createJobRunner({
  store,
  clock,
  ids,
  random,
  handlers,
  onFault,
  observer = {},
  concurrency = 16,
  perTenant = 4,
  alone = false,
  schedule = later,
}: JobRunnerOptions): JobRunner {
  const running = new Map<string, Running>();
  /** What became of jobs, to be stored with the next claim. */
  let endings: ((transaction: StoreTransaction) => Promise<unknown>)[] = [];
  let state: 'idle' | 'working' | 'stopped' = 'stopped';
  let again = false;
  let turn: Promise<void> = Promise.resolve();
  let released = !alone;
  let callOff = () => {};
  let callOffExtension = () => {};

  const isStopped = () => state === 'stopped';
  const wake = (): void => {
    if (state === 'working') again = true;
    if (state !== 'idle') return;
    state = 'working';
    turn = work()
      .catch(() => undefined) // A store that cannot answer now is asked again at the next poll.
      .then(() => rest());
  };
  const work = async (): Promise<void> => {
    do {
      again = false;
      const jobs = await exchange();
      if (isStopped()) {
        const now = clock();
        for (const job of jobs) endings.push((transaction) => transaction.postponeJob(job.id, now, job.token));
      } else for (const job of jobs) begin(job);
    } while (again && !isStopped());
  };
  /**
   * Stores what ended and claims as much as there is room for, in one transaction. It need not be durable: a claim that is
   * lost is made again, and a job whose end is lost is done again, which changes nothing.
   */
  const exchange = async (): Promise<Job[]> => {
    // A copy: what ends while this transaction runs is stored with the next.
    const settled = [...endings];
    const limit = isStopped() ? 0 : concurrency - running.size;
    if (settled.length === 0 && limit <= 0) return [];
    const now = clock();
    const claimed = await store.transaction(
      async (transaction) => {
        if (!released) await transaction.releaseJobs();
        for (const settle of settled) await settle(transaction);
        const claim = { now, leaseUntil: now + lease, limit, perTenant, token: ids() };
        return limit > 0 ? transaction.claimJobs(claim) : [];
      },
      { durable: false },
    );
    released = true;
    endings = endings.slice(settled.length);
    return claimed;
  };
  const rest = async (): Promise<void> => {
    if (isStopped()) return;
    const now = clock();
    const next = await store.nextJobAt(now).catch(() => undefined);
    if (isStopped()) return;
    state = 'idle';
    if (again) return wake();
    callOff();
    callOff = schedule(Math.min(pollEvery, (next ?? Number.MAX_SAFE_INTEGER) - now), wake);
  };
  const begin = (job: Job): void => {
    const controller = new AbortController();
    const begun = clock();
    observer.started?.(job, begun - job.dueAt);
    const ended = attempt(job, controller.signal).then(
      () => {
        observer.finished?.(job, clock() - begun);
        return settle(job, (transaction) => transaction.finishJob(job.id, job.token));
      },
      (error: unknown) => settle(job, endOf(job, error, controller.signal.aborted, clock() - begun)),
    );
    running.set(job.id, { job, controller, ended });
  };
  const attempt = async (job: Job, signal: AbortSignal): Promise<void> => {
    const handler = Object.hasOwn(handlers, job.type) ? handlers[job.type] : undefined;
    if (!handler) throw new Error(`no handler for jobs of type '${job.type}'`);
    if (job.attempts > mostBegun) throw new Error(`was begun ${mostBegun} times and never came to an end`);
    await handler(job, { signal });
  };
  const settle = (job: Job, ending: (typeof endings)[number]): void => {
    running.delete(job.id);
    observer.ended?.(job);
    endings.push(ending);
    wake();
  };
  const endOf = (job: Job, error: unknown, aborted: boolean, duration: number): (typeof endings)[number] => {
    if (error instanceof RetryLater) return (transaction) => transaction.postponeJob(job.id, error.at, job.token);
    const now = clock();
    if (aborted) return (transaction) => transaction.postponeJob(job.id, now, job.token);
    const problem = error instanceof Error ? error.message : String(error);
    observer.failed?.(job, problem, duration);
    if (job.attempts < mostAttempts)
      return (transaction) => transaction.failJob(job.id, problem, now + retryPause(job.attempts, random), job.token);
    observer.dead?.(job, problem);
    onFault(job, error);
    return (transaction) => transaction.failJob(job.id, problem, undefined, job.token);
  };
  const extend = (): void => {
    callOffExtension = schedule(extendEvery, extend);
    if (running.size === 0) return;
    const until = clock() + lease;
    const held = [...running.values()];
    const renew = async (): Promise<void> => {
      const lost = await store.transaction(async (transaction) => {
        const gone: Running[] = [];
        for (const one of held) if (!(await transaction.extendLease(one.job.id, one.job.token, until))) gone.push(one);
        return gone;
      });
      for (const { job, controller } of lost) if (running.get(job.id)?.job === job) controller.abort();
    };
    renew().catch(() => undefined); // The next extension tries again before the lease ends.
  };
  return {
    start: () => {
      state = 'idle';
      callOffExtension = schedule(extendEvery, extend);
      wake();
    },
    wake,
    stop: async () => {
      state = 'stopped';
      callOff();
      await turn;
      const allEnded = Promise.all([...running.values()].map((one) => one.ended));
      const callOffAbort = schedule(abortAfter, () => {
        for (const { controller } of running.values()) controller.abort();
      });
      let callOffAbandon = () => {};
      const abandoned = new Promise<void>((resolve) => {
        callOffAbandon = schedule(abandonAfter, resolve);
      });
      await Promise.race([allEnded, abandoned]);
      callOffAbort();
      callOffAbandon();
      callOffExtension();
      await exchange().catch(() => undefined); // What could not be stored comes again when its lease ends.
    },
  };
}

function later(milliseconds: number, work: () => void): () => void {
  const timer = setTimeout(work, Math.max(0, milliseconds));
  return () => clearTimeout(timer);
}
