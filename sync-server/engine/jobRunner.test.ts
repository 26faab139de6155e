import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualTime } from '#tests/support/virtualTime.ts';
import type { VirtualTime } from '#tests/support/virtualTime.ts';
import { openSqliteStore } from '../storage/sqlite/openSqliteStore.ts';
import type { Job, NewJob, SyncStore } from '../storage/store.ts';
import { createJobRunner, retryPause } from './jobRunner.ts';
import type { JobHandler, JobRunner, JobRunnerOptions } from './jobRunner.ts';
import { RetryLater } from './retryLater.ts';

const second = 1000;
const minute = 60 * second;
const begin = Date.parse('2026-03-01T08:00:00.000Z');

/** A handler whose jobs go on until they are let go. */
function gate(): {
  handler: JobHandler;
  open: (id: string) => void;
  inside: () => string[];
  signals: Map<string, AbortSignal>;
} {
  const waiting = new Map<string, () => void>();
  const signals = new Map<string, AbortSignal>();
  return {
    handler: (job, { signal }) => {
      signals.set(job.id, signal);
      return new Promise((resolve, reject) => {
        waiting.set(job.id, resolve);
        signal.addEventListener('abort', () => {
          waiting.delete(job.id);
          reject(new Error('broken off'));
        });
      });
    },
    open: (id) => {
      waiting.get(id)?.();
      waiting.delete(id);
    },
    inside: () => [...waiting.keys()],
    signals,
  };
}

describe('the job runner', () => {
  let time: VirtualTime;
  let store: SyncStore;
  let runners: JobRunner[];
  beforeEach(() => {
    time = createVirtualTime(begin);
    store = openSqliteStore(':memory:', time.now);
    runners = [];
  });
  afterEach(async () => {
    const stopped = Promise.all(runners.map((runner) => runner.stop()));
    await time.advance(20 * second);
    await stopped;
    await store.close();
  });
  let tokens = 0;
  const run = (handlers: JobRunnerOptions['handlers'], more: Partial<JobRunnerOptions> = {}): JobRunner => {
    const runner = createJobRunner({
      store,
      clock: time.now,
      ids: () => `token-${(tokens += 1)}`,
      random: () => 0,
      handlers,
      onFault: () => undefined,
      schedule: time.schedule,
      ...more,
    });
    runners.push(runner);
    runner.start();
    return runner;
  };
  const enqueue = (...jobs: Partial<NewJob>[]) =>
    store.transaction((transaction) =>
      transaction.enqueueJobs(
        jobs.map((job, index) => ({ id: `job-${index + 1}`, type: 'x', payload: {}, dueAt: time.now(), ...job })),
      ),
    );
  const counts = () => store.countJobs();

  it('begins a job at the moment it is due, not at the next look', async () => {
    await enqueue({ dueAt: begin + 12_345 });
    const done: number[] = [];
    run({ x: async () => void done.push(time.now()) });
    await time.advance(12_344);
    expect(done).toEqual([]);
    await time.advance(minute);
    expect(done).toEqual([begin + 12_345]);
    expect(await counts()).toEqual({ waiting: 0, dead: 0 });
  });

  it('works at so many jobs at once, of one tenant at fewer, and takes the next when one ends', async () => {
    const { handler, open, inside } = gate();
    await enqueue(
      ...['a1', 'a2', 'a3'].map((id) => ({ id, tenantId: 'a' })),
      ...['b1', 'b2', 'b3'].map((id) => ({ id, tenantId: 'b' })),
    );
    const runner = run({ x: handler }, { concurrency: 3, perTenant: 2 });
    await time.advance(0);
    expect(inside()).toEqual(['a1', 'b1', 'a2']);
    open('a1');
    await time.advance(0);
    expect(inside()).toEqual(['b1', 'a2', 'b2']);
    open('b1');
    await time.advance(0);
    expect(inside()).toEqual(['a2', 'b2', 'a3']);
    runner.wake();
    await time.advance(0);
    expect(inside()).toHaveLength(3);
  });

  it('keeps its hold on a job that takes long', async () => {
    const { handler, open, inside } = gate();
    await enqueue({});
    run({ x: handler });
    const another = gate();
    run({ x: another.handler });
    await time.advance(10 * minute);
    expect([...inside(), ...another.inside()]).toEqual(['job-1']);
    open('job-1');
    another.open('job-1');
    await time.advance(0);
    expect(await counts()).toEqual({ waiting: 0, dead: 0 });
  });

  it('breaks off a job that somebody else took, and leaves it to them', async () => {
    const { handler, signals } = gate();
    await enqueue({});
    run({ x: handler });
    await time.advance(0);
    await store.transaction(async (transaction) => {
      await transaction.releaseJobs();
      const claim = { now: time.now(), leaseUntil: time.now() + 10 * minute, limit: 1, perTenant: 1, token: 'thief' };
      await transaction.claimJobs(claim);
    });
    await time.advance(minute);
    expect(signals.get('job-1')?.aborted).toBe(true);
    expect(await store.transaction((transaction) => transaction.finishJob('job-1', 'thief'))).toBe(true);
  });

  it('tries a failing job eight times with growing pauses, then keeps it for a person', async () => {
    await enqueue({});
    const tried: number[] = [];
    const told: string[] = [];
    const faults: string[] = [];
    run(
      {
        x: async () => {
          tried.push((time.now() - begin) / second);
          throw new Error('no luck');
        },
      },
      {
        onFault: (job) => void faults.push(job.id),
        observer: {
          started: (job, delay) => told.push(`${job.attempts} began ${delay}`),
          failed: (job, problem, duration) => told.push(`${job.attempts} ${problem} ${duration}`),
          dead: (job) => told.push(`${job.id} dead`),
        },
      },
    );
    await time.advance(20 * minute);
    expect(tried).toEqual([0, 2, 6, 14, 30, 62, 126, 254]);
    expect(faults).toEqual(['job-1']);
    expect(told.slice(0, 3)).toEqual(['1 began 0', '1 no luck 0', '2 began 0']);
    expect(told.at(-1)).toBe('job-1 dead');
    expect(await counts()).toEqual({ waiting: 0, dead: 1 });
    expect(await store.deadJobs(1)).toMatchObject([{ id: 'job-1', problem: 'no luck', attempts: 8 }]);
  });

  it('spreads its pauses: up to half less, never beyond a quarter of an hour', () => {
    expect(retryPause(3, () => 0)).toBe(8000);
    expect(retryPause(3, () => 0.999_999)).toBe(4000);
    expect(retryPause(30, () => 0)).toBe(15 * minute);
  });

  it('a handler that asks for a later time gets it, as often as it asks', async () => {
    await enqueue({});
    const attempts: number[] = [];
    run({
      x: async (job) => {
        attempts.push(job.attempts);
        if (time.now() < begin + 30 * second) throw new RetryLater(time.now() + 2 * second);
      },
    });
    await time.advance(minute);
    expect(attempts).toEqual(Array.from({ length: 16 }, () => 1));
    expect(await counts()).toEqual({ waiting: 0, dead: 0 });
  });

  it('a job of a type that nobody handles is tried again and told of in the end', async () => {
    await enqueue({ type: 'toString' });
    run({});
    await time.advance(20 * minute);
    expect(await store.deadJobs(1)).toMatchObject([{ problem: "no handler for jobs of type 'toString'" }]);
  });

  it('a job that ends its process again and again is given up', async () => {
    await enqueue({});
    const begun: string[] = [];
    for (let crash = 1; crash <= 100; crash += 1) {
      await store.transaction(async (transaction) => {
        const claim = { now: time.now(), leaseUntil: time.now() + minute, limit: 1, perTenant: 1, token: 'lost' };
        await transaction.claimJobs(claim);
        await transaction.releaseJobs();
      });
    }
    run({ x: async (job) => void begun.push(job.id) });
    await time.advance(minute);
    expect(begun).toEqual([]);
    expect(await counts()).toEqual({ waiting: 0, dead: 1 });
  });

  it('a runner that is alone takes up at once what an ended process held', async () => {
    await enqueue({});
    const claim = { now: begin, leaseUntil: begin + minute, limit: 1, perTenant: 1, token: 'lost' };
    await store.transaction((transaction) => transaction.claimJobs(claim));
    const done: number[] = [];
    run({ x: async () => void done.push(time.now()) }, { alone: true });
    await time.advance(second);
    expect(done).toEqual([begin]);
  });

  it('lets what runs end when it stops, and takes no more', async () => {
    const { handler, open, inside } = gate();
    await enqueue({}, {});
    const runner = run({ x: handler }, { concurrency: 1 });
    await time.advance(0);
    const stopped = runner.stop();
    await time.advance(9 * second);
    expect(inside()).toEqual(['job-1']);
    open('job-1');
    await stopped;
    expect(inside()).toEqual([]);
    expect([...(await store.getJobs(['job-1', 'job-2'])).values()]).toMatchObject([{ id: 'job-2', leaseUntil: 0 }]);
  });

  it('asks what still runs after ten seconds to break off; that is done again, as if it had not been tried', async () => {
    const { handler } = gate();
    await enqueue({});
    const runner = run({ x: handler });
    await time.advance(0);
    const stopped = runner.stop();
    await time.advance(11 * second);
    await stopped;
    expect((await store.getJobs(['job-1'])).get('job-1')).toMatchObject({ attempts: 0, leaseUntil: 0, dead: false });
  });

  it('does not wait for ever for a handler that does not listen', async () => {
    await enqueue({});
    const runner = run({ x: () => new Promise(() => undefined) });
    await time.advance(0);
    const stopped = runner.stop();
    await time.advance(16 * second);
    await stopped;
    expect((await store.getJobs(['job-1'])).get('job-1')).toMatchObject({ attempts: 1, dead: false });
  });

  it('does what it knows of ten tenants fairly while one floods it', async () => {
    const done: string[] = [];
    await enqueue(
      ...Array.from({ length: 400 }, (_, index) => ({ id: `flood-${index}`, tenantId: 'flood', priority: 9 })),
      ...Array.from({ length: 10 }, (_, index) => ({ id: `calm-${index}`, tenantId: `calm-${index}` })),
    );
    run({ x: async (job: Job) => void done.push(job.tenantId) });
    await time.advance(second);
    expect(done).toHaveLength(410);
    expect(done.slice(0, 25).filter((tenant) => tenant !== 'flood')).toHaveLength(10);
  });
});
