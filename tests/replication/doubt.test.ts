import { describe, expect, it } from 'vitest';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import { makeTask, minute, openOffice, rename, tasksOn, titleOn, titleOnServer } from './office.ts';

const day = 24 * 60 * minute;

describe('a replica that can no longer be trusted', () => {
  it('finds a silent difference by its digest, repairs it and says so', async () => {
    const office = await openOffice();
    const { ada, ben, server, time } = office;
    const id = await makeTask(ada, 'Real');
    await time.advance(1000);
    server.tamper((document) => ({ ...(document as object), id: 'somewhere-else' }));
    const lost = await makeTask(ada, 'Arrives under another name');
    await time.advance(1000);
    server.tamper((document) => document);
    expect(await titleOn(ben, lost)).toBeUndefined();
    ben.replica.compare();
    await time.advance(5000);
    expect((await tasksOn(ben)).map(({ record }) => record.id).sort()).toEqual([id, lost].sort());
    expect(ben.replica.status().repairs).toContainEqual(
      expect.objectContaining({ collection: 'runs', reason: 'digest', difference: 1 }),
    );
  });

  it('compares by itself every ten minutes', async () => {
    const office = await openOffice();
    const { ada, ben, server, time } = office;
    server.tamper((document) => ({ ...(document as object), id: 'somewhere-else' }));
    const lost = await makeTask(ada, 'Arrives under another name');
    await time.advance(1000);
    server.tamper((document) => document);
    await time.advance(11 * minute);
    expect(await titleOn(ben, lost)).toBe('Arrives under another name');
  });

  it(
    'away longer than deletions are kept: everything is pulled again and unsent edits stay',
    { timeout: 90_000 },
    async () => {
      const office = await openOffice();
      const { ada, ben, server, time } = office;
      const [gone, kept] = [await makeTask(ada, 'Gone'), await makeTask(ada, 'Kept')];
      await time.advance(1000);
      ben.replica.setWorkOffline(true);
      await rename(ben, kept, 'Edited on the ship');
      await ada.replica.remove('task', gone);
      await time.advance(40 * day);
      await server.store.transaction((transaction) => transaction.compact(time.now() - 30 * day));
      ben.replica.setWorkOffline(false);
      await time.advance(minute);
      expect(await titleOn(ben, gone)).toBeUndefined();
      expect(await titleOnServer(office, kept)).toBe('Edited on the ship');
      expect(await titleOn(ada, kept)).toBe('Edited on the ship');
    },
  );

  it('rights taken while connected take the records away, rights given bring them', async () => {
    const office = await openOffice();
    const { ada, ben, server, time } = office;
    const id = await makeTask(ada, 'Visible');
    await time.advance(1000);
    const person = (permissions: string[]) => makePrincipal([makeGrant(permissions)], { id: 'ben', name: 'ben' });
    server.setPrincipal(person(['flags.view', 'flags.view_all']));
    await time.advance(minute);
    expect(await titleOn(ben, id)).toBeUndefined();
    expect(await ben.replica.create('task', '', { title: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    });
    server.setPrincipal(person(['tasks.view', 'tasks.view_all']));
    await time.advance(minute);
    expect(await titleOn(ben, id)).toBe('Visible');
  });
});
