import { afterEach, describe, expect, it } from 'vitest';
import type { SyncStore } from '#server/storage/store.ts';
import type { OpenedStore } from './storeContract.ts';

/** What every adapter of the storage port must do for what reads all there is, and leaves nothing behind. */
export function storeWholeContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`the storage port as a whole: ${name}`, () => {
    const opened: SyncStore[] = [];
    const start = async (): Promise<OpenedStore> => {
      const one = await open();
      opened.push(one.store);
      return one;
    };
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close();
    });

    it('shows the entries of all areas, page by page, those that expired too', async () => {
      const { store, advance } = await start();
      const entries = ['b', 'a'].flatMap((area) => ['2', '1'].map((key) => ({ area, key, value: { area, key } })));
      await store.transaction((transaction) =>
        transaction.putEntries([...entries, { area: 'a', key: '3', value: 'late', expiresAt: 1 }]),
      );
      advance(1000);
      const first = await store.allEntries(undefined, 2);
      expect(first.map(({ area, key, expiresAt }) => `${area}${key} ${expiresAt}`)).toEqual(['a1 0', 'a2 0']);
      const rest = await store.allEntries(first.at(-1), 10);
      expect(rest.map(({ area, key, expiresAt }) => `${area}${key} ${expiresAt}`)).toEqual(['a3 1', 'b1 0', 'b2 0']);
      expect(rest[1]?.value).toEqual({ area: 'b', key: '1' });
    });

    it('shows all jobs, and gives one another payload without touching when it is due', async () => {
      const { store } = await start();
      const job = (id: string) => ({
        id,
        type: 'x',
        payload: { to: 'somebody' },
        dueAt: 5,
        tenantId: 't',
        priority: 2,
      });
      await store.transaction(async (transaction) => {
        await transaction.enqueueJobs([job('2'), job('1'), job('3')]);
        await transaction.failJob('2', 'somebody is unknown', undefined);
        await transaction.rewriteJob('2', { to: 'nobody' }, 'unknown');
        await transaction.rewriteJob('not there', {}, '');
      });
      expect((await store.allJobs('', 2)).map(({ id, dead }) => [id, dead])).toEqual([
        ['1', false],
        ['2', true],
      ]);
      expect(await store.allJobs('2', 10)).toMatchObject([{ id: '3', payload: { to: 'somebody' } }]);
      const rewritten = (await store.getJobs(['2'])).get('2');
      expect(rewritten).toMatchObject({
        payload: { to: 'nobody' },
        problem: 'unknown',
        dead: true,
        dueAt: 5,
        priority: 2,
      });
    });

    it('forgets sessions with their tokens, and credentials; others stay', async () => {
      const { store } = await start();
      const session = (id: string) => ({
        id,
        staffId: 'ada',
        clientId: 'c',
        device: '',
        address: '',
        createdAt: 1,
        lastSeenAt: 1,
        revokedAt: id === '1' ? 7 : 0,
      });
      await store.transaction(async (transaction) => {
        for (const id of ['2', '1']) {
          await transaction.putSession(session(id));
          await transaction.putRefreshToken({ hash: `hash-${id}`, sessionId: id, issuedAt: 1, usedAt: 0 });
        }
        await transaction.putCredential({ staffId: 'ada', secret: 'x' });
        await transaction.putCredential({ staffId: 'eve', secret: 'y' });
      });
      expect(await store.allSessions('', 10)).toEqual([session('1'), session('2')]);
      expect(await store.allSessions('1', 10)).toEqual([session('2')]);
      await store.transaction(async (transaction) => {
        await transaction.removeSessions(['1', 'not there']);
        await transaction.removeCredential('ada');
      });
      expect(await store.allSessions('', 10)).toEqual([session('2')]);
      expect(await store.getRefreshToken('hash-1')).toBeUndefined();
      expect(await store.getRefreshToken('hash-2')).toBeDefined();
      expect(await store.getCredential('ada')).toBeUndefined();
      expect(await store.getCredential('eve')).toBeDefined();
    });

    it('is the same after it was scrubbed', async () => {
      const { store } = await start();
      await store.transaction((transaction) => transaction.putEntries([{ area: 'a', key: 'k', value: 'kept' }]));
      await store.scrub();
      expect(await store.getEntries('a', ['k'])).toEqual(new Map([['k', 'kept']]));
      await store.transaction((transaction) => transaction.putMeta('m', 'written after'));
      expect(await store.getMeta('m')).toBe('written after');
    });
  });
}
