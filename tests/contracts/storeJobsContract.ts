import { afterEach, describe, expect, it } from 'vitest';
import type { Job, JobClaim, NewJob, SyncStore } from '#server/storage/store.ts';
import { startOfTime } from './storeContract.ts';
import type { OpenedStore } from './storeContract.ts';

const job = (id: string, changes: Partial<NewJob> = {}): NewJob => ({
  id,
  type: 'x',
  payload: {},
  dueAt: 0,
  ...changes,
});
const enqueue = (store: SyncStore, ...jobs: NewJob[]) =>
  store.transaction((transaction) => transaction.enqueueJobs(jobs));
const claim = (store: SyncStore, now: number, changes: Partial<JobClaim> = {}): Promise<Job[]> =>
  store.transaction((transaction) =>
    transaction.claimJobs({ now, leaseUntil: now + 30, limit: 100, perTenant: 100, token: 'mine', ...changes }),
  );
const claimIds = async (...parameters: Parameters<typeof claim>) => (await claim(...parameters)).map((one) => one.id);

/** What every adapter of the storage port must do with jobs. */
export function storeJobsContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`jobs of the storage port: ${name}`, () => {
    const opened: SyncStore[] = [];
    const start = async (): Promise<SyncStore> => {
      const { store } = await open();
      opened.push(store);
      return store;
    };
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close();
    });

    it('hands out due jobs once, and again when the lease ends', async () => {
      const store = await start();
      const first = job('first', { payload: { to: 'ada' }, tenantId: 'tenant-1', priority: 3, dueAt: 10 });
      await enqueue(store, job('late', { dueAt: 100 }), first);
      expect(await claim(store, 50)).toEqual([{ ...first, attempts: 1, token: 'mine' }]);
      expect(await claim(store, 79)).toEqual([]);
      expect(await claim(store, 80, { token: 'other' })).toEqual([{ ...first, attempts: 2, token: 'other' }]);
      expect(await claimIds(store, 100)).toEqual(['late']);
    });

    it('an id that exists is left as it is, dead ones too', async () => {
      const store = await start();
      await enqueue(store, job('a', { payload: { n: 1 } }), job('dead'));
      await store.transaction((transaction) => transaction.failJob('dead', 'no luck', undefined));
      await enqueue(store, job('a', { payload: { n: 2 }, dueAt: 99 }), job('dead'));
      expect(await claim(store, 1)).toMatchObject([{ id: 'a', payload: { n: 1 }, dueAt: 0 }]);
      expect(await store.countJobs()).toEqual({ waiting: 1, dead: 1 });
    });

    it('within a tenant by priority, then when it came due, then id', async () => {
      const store = await start();
      await enqueue(
        store,
        job('d', { dueAt: 5 }),
        job('c', { dueAt: 5 }),
        job('b', { dueAt: 1 }),
        job('urgent', { priority: 2, dueAt: 9 }),
        job('urgent later', { priority: 2, dueAt: 90 }),
        job('idle', { priority: -1 }),
      );
      expect(await claimIds(store, 10)).toEqual(['urgent', 'b', 'c', 'd', 'idle']);
    });

    it('one tenant cannot starve others: one of each in turn, going on where the last claim ended', async () => {
      const store = await start();
      const many = (tenantId: string, count: number) =>
        Array.from({ length: count }, (_, index) => job(`${tenantId}${index}`, { tenantId }));
      await enqueue(store, ...many('a', 5), ...many('b', 2), ...many('c', 1), ...many('', 1));
      const tenants = async (limit: number) => (await claim(store, 1, { limit })).map((one) => one.tenantId);
      expect(await tenants(2)).toEqual(['a', 'b']);
      expect(await tenants(3)).toEqual(['c', '', 'a']);
      expect(await tenants(10)).toEqual(['b', 'a', 'a', 'a']);
    });

    it('turns go round among more due jobs than it looks through at once', async () => {
      const store = await start();
      const flood = Array.from({ length: 2500 }, (_, index) => job(`flood${index}`, { tenantId: 'b', dueAt: -1 }));
      await enqueue(store, ...flood, job('one', { tenantId: 'a' }), job('two', { tenantId: 'c' }), job('three'));
      const found = await claim(store, 1, { limit: 5 });
      expect(found.map((one) => one.tenantId)).toEqual(['a', 'b', 'c', '', 'b']);
      await enqueue(store, job('four', { tenantId: 'a', priority: 1 }), job('five', { tenantId: '' }));
      expect((await claim(store, 1, { limit: 2 })).map((one) => one.tenantId)).toEqual(['', 'a']);
      expect((await claim(store, 1, { limit: 2 })).map((one) => one.tenantId)).toEqual(['b', 'b']);
    });

    it('a tenant holds no more at once than allowed, whoever claims', async () => {
      const store = await start();
      await enqueue(store, ...['1', '2', '3'].map((id) => job(id, { tenantId: 'a' })), job('4', { tenantId: 'b' }));
      expect(await claimIds(store, 1, { perTenant: 2 })).toEqual(['1', '4', '2']);
      expect(await claimIds(store, 1, { perTenant: 2, token: 'other' })).toEqual([]);
      await store.transaction((transaction) => transaction.finishJob('1'));
      expect(await claimIds(store, 1, { perTenant: 2 })).toEqual(['3']);
    });

    it('can be asked for some types only', async () => {
      const store = await start();
      await enqueue(store, job('a'), job('b', { type: 'y' }), job('c', { type: 'z' }));
      expect(await claimIds(store, 1, { types: ['y', 'z'] })).toEqual(['b', 'c']);
      expect(await claimIds(store, 1, { types: [] })).toEqual([]);
    });

    it('who lost a job to another can neither extend, finish nor fail it', async () => {
      const store = await start();
      await enqueue(store, job('a'));
      await claim(store, 0, { token: 'slow' });
      const extend = (token: string, until: number) =>
        store.transaction((transaction) => transaction.extendLease('a', token, until));
      expect(await extend('slow', 60)).toBe(true);
      expect(await claim(store, 59, { token: 'quick' })).toEqual([]);
      expect(await claimIds(store, 60, { token: 'quick' })).toEqual(['a']);
      expect(await extend('slow', 200)).toBe(false);
      await store.transaction(async (transaction) => {
        expect(await transaction.finishJob('a', 'slow')).toBe(false);
        expect(await transaction.failJob('a', 'too slow', 500, 'slow')).toBe(false);
        expect(await transaction.failJob('a', 'too slow', undefined, 'slow')).toBe(false);
        expect(await transaction.finishJob('a', 'quick')).toBe(true);
        expect(await transaction.finishJob('a', 'quick')).toBe(false);
      });
      expect(await store.countJobs()).toEqual({ waiting: 0, dead: 0 });
    });

    it('a late end still counts while nobody else has taken the job', async () => {
      const store = await start();
      await enqueue(store, job('a'), job('b', { tenantId: 'b' }));
      await claim(store, 0, { token: 'slow' });
      await claim(store, 40, { token: 'quick', limit: 1 });
      const ended = await store.transaction(async (transaction) => [
        await transaction.finishJob('a', 'slow'),
        await transaction.finishJob('b', 'slow'),
      ]);
      expect(ended.filter(Boolean)).toHaveLength(1);
    });

    it('a failed job comes again when it shall, or waits for a person who revives it', async () => {
      const store = await start();
      await enqueue(store, job('later'), job('dead', { priority: 4, tenantId: 'a' }));
      await claim(store, 0);
      await store.transaction(async (transaction) => {
        await transaction.failJob('later', 'try later', 50, 'mine');
        await transaction.failJob('dead', 'no luck', undefined, 'mine');
      });
      expect(await store.deadJobs(10)).toEqual([
        {
          ...job('dead', { priority: 4, tenantId: 'a' }),
          attempts: 1,
          createdAt: startOfTime,
          leaseUntil: 0,
          dead: true,
          problem: 'no luck',
        },
      ]);
      expect(await claimIds(store, 49)).toEqual([]);
      expect(await claim(store, 50)).toMatchObject([{ id: 'later', attempts: 2 }]);
      const revive = (id: string) => store.transaction((transaction) => transaction.reviveJob(id, 60));
      expect(await revive('dead')).toBe(true);
      expect(await revive('dead')).toBe(false);
      expect(await revive('later')).toBe(false);
      expect(await claim(store, 60)).toMatchObject([{ id: 'dead', attempts: 1 }]);
      expect(await store.deadJobs(10)).toEqual([]);
    });

    it('a postponed job comes again as if it had not been tried', async () => {
      const store = await start();
      await enqueue(store, job('a'));
      await claim(store, 0);
      const postpone = (token: string) => store.transaction((transaction) => transaction.postponeJob('a', 20, token));
      expect(await postpone('other')).toBe(false);
      expect(await postpone('mine')).toBe(true);
      expect(await postpone('mine')).toBe(false);
      expect(await claim(store, 19)).toEqual([]);
      expect(await claim(store, 20)).toMatchObject([{ id: 'a', attempts: 1 }]);
    });

    it('everything that is held can be let go of', async () => {
      const store = await start();
      await enqueue(store, job('a'), job('b'));
      await claim(store, 0);
      await store.transaction((transaction) => transaction.releaseJobs());
      expect(await store.transaction((transaction) => transaction.finishJob('a', 'mine'))).toBe(false);
      expect((await claim(store, 0)).map((one) => [one.id, one.attempts])).toEqual([
        ['a', 2],
        ['b', 2],
      ]);
    });

    it('jobs are looked up, moved and removed by id', async () => {
      const store = await start();
      await enqueue(store, job('a', { dueAt: 10 }), job('b', { dueAt: 20 }), job('c', { dueAt: 30 }));
      expect(await store.nextJobAt(0)).toBe(10);
      expect(await store.nextJobAt(10)).toBe(20);
      await store.transaction(async (transaction) => {
        await transaction.rescheduleJobs([
          { id: 'a', dueAt: 500 },
          { id: 'nobody', dueAt: 1 },
        ]);
        await transaction.removeJobs(['b', 'nobody']);
      });
      const found = await store.getJobs(['a', 'b', 'c', 'nobody']);
      expect([...found.values()].map((one) => [one.id, one.dueAt, one.leaseUntil])).toEqual([
        ['a', 500, 0],
        ['c', 30, 0],
      ]);
      expect(await store.nextJobAt(0)).toBe(30);
      expect(await store.nextJobAt(500)).toBeUndefined();
      await claim(store, 30);
      expect((await store.getJobs(['c'])).get('c')).toMatchObject({ leaseUntil: 60, attempts: 1 });
      expect(await store.nextJobAt(30)).toBe(60);
    });

    it('knows how much waits, is held, is due and is dead', async () => {
      const store = await start();
      expect(await store.jobStats(0)).toEqual({
        waiting: 0,
        due: 0,
        held: 0,
        dead: 0,
        oldestDueAt: undefined,
        byType: [],
      });
      await enqueue(
        store,
        job('a', { priority: 1 }),
        job('b', { type: 'y', dueAt: 20 }),
        job('c', { dueAt: 90 }),
        job('d'),
      );
      await claim(store, 10, { limit: 1 });
      await store.transaction((transaction) => transaction.failJob('d', 'no luck', undefined));
      expect(await store.jobStats(30)).toEqual({
        waiting: 2,
        due: 1,
        held: 1,
        dead: 1,
        oldestDueAt: 20,
        byType: [
          { type: 'x', waiting: 1, dead: 1 },
          { type: 'y', waiting: 1, dead: 0 },
        ],
      });
      expect(await store.jobStats(40)).toMatchObject({ waiting: 3, due: 2, held: 0, oldestDueAt: 0 });
    });
  });
}
