import { describe, expect, it } from 'vitest';
import { isTombstone } from '#shared/records/envelope.ts';
import { inboxOf, makeTask, minute, openOffice, rename, titleOn, titleOnServer } from './office.ts';

describe('unsent edits', () => {
  it('survive a crash offline and are sent after it', async () => {
    const office = await openOffice();
    const { ada, time } = office;
    const id = await makeTask(ada, 'Before');
    await time.advance(1000);
    ada.replica.setWorkOffline(true);
    await rename(ada, id, 'Typed offline');
    await ada.crash();
    expect(ada.replica.status()).toMatchObject({ unsent: 1, workOffline: true });
    ada.replica.setWorkOffline(false);
    await time.advance(minute);
    expect(await titleOnServer(office, id)).toBe('Typed offline');
    expect(ada.replica.status().unsent).toBe(0);
  });

  it('of two people on different fields are both kept; on the same field mine waits in the inbox', async () => {
    const office = await openOffice();
    const { ada, ben, time } = office;
    const id = await makeTask(ada, 'Title', { description: 'Text' });
    await time.advance(1000);
    for (const one of [ada, ben]) one.replica.setWorkOffline(true);
    await rename(ada, id, 'By Ada');
    await ben.replica.edit('task', id, { body: { title: 'By Ben', description: 'Ben was here' } });
    ada.replica.setWorkOffline(false);
    await time.advance(1000);
    ben.replica.setWorkOffline(false);
    await time.advance(1000);
    const stored = (await office.server.store.getRecords([id])).get(id);
    expect(stored).toMatchObject({ body: { title: 'By Ada', description: 'Ben was here' } });
    const [entry] = inboxOf(ben);
    expect(entry).toMatchObject({
      type: 'conflict',
      conflicts: [{ path: 'body.title', base: 'Title', mine: 'By Ben', theirs: 'By Ada' }],
    });
    expect((await ben.replica.get('task', id))?.badge).toBe('conflict');
    await ben.replica.resolveInbox(entry?.id ?? '', { body: { title: 'By Ben' } });
    await time.advance(1000);
    expect(await titleOn(ada, id)).toBe('By Ben');
    expect((await ben.replica.get('task', id))?.badge).toBe('synced');
  });

  it('on a record somebody deleted can be restored as a new record', async () => {
    const office = await openOffice();
    const { ada, ben, time } = office;
    const id = await makeTask(ada, 'Doomed');
    await time.advance(1000);
    ben.replica.setWorkOffline(true);
    await rename(ben, id, 'Worth keeping');
    await ada.replica.remove('task', id);
    await time.advance(1000);
    ben.replica.setWorkOffline(false);
    await time.advance(1000);
    expect(await titleOn(ben, id)).toBeUndefined();
    const [entry] = inboxOf(ben);
    expect(entry).toMatchObject({ type: 'conflict', conflicts: [{ path: '' }] });
    await ben.replica.resolveInbox(entry?.id ?? '', { body: { title: 'Worth keeping' } });
    await time.advance(1000);
    const records = await office.server.store.recordsOfKind('task');
    expect(records.map((record) => (isTombstone(record) ? '' : record.body['title']))).toEqual(['Worth keeping']);
  });

  it('through several states arrive as the steps they were, each with its reason', async () => {
    const office = await openOffice();
    const { ada, time, server } = office;
    const made = await ada.replica.create('anomaly', '', {
      title: 'Clicks burst',
      type: 'business_logic',
      severity: 'high',
      detector: 'click_burst',
    });
    if (!made.ok) throw new Error(made.error.message);
    await time.advance(1000);
    ada.replica.setWorkOffline(true);
    await ada.replica.edit('anomaly', made.value.id, { status: 'investigating' });
    await time.advance(1000);
    const resolved = await ada.replica.edit('anomaly', made.value.id, { status: 'resolved', reason: 'A school class' });
    expect(resolved.ok).toBe(true);
    ada.replica.setWorkOffline(false);
    await time.advance(2000);
    expect(inboxOf(ada)).toEqual([]);
    expect((await server.store.getRecords([made.value.id])).get(made.value.id)).toMatchObject({ status: 'resolved' });
    const moves = (await server.store.recordsOfKind('auditEntry'))
      .flatMap((entry) => (isTombstone(entry) ? [] : [entry.body]))
      .filter((body) => body['action'] === 'transition')
      .sort((left, right) => Number(left['number']) - Number(right['number']));
    expect(moves.map((body) => body['reason'])).toEqual(['', 'A school class']);
  });

  it('typed again after an answer was lost are no conflict with oneself', async () => {
    const office = await openOffice();
    const { ada, time } = office;
    const id = await makeTask(ada, 'One');
    await time.advance(1000);
    office.setFate((direction) => (direction === 'down' ? [] : [3]));
    await rename(ada, id, 'Two');
    await time.advance(1000);
    expect(await titleOnServer(office, id)).toBe('Two');
    await rename(ada, id, 'Three');
    office.setFate(() => [3]);
    await time.advance(3 * minute);
    expect(await titleOnServer(office, id)).toBe('Three');
    expect(inboxOf(ada)).toEqual([]);
  });

  it('can be withdrawn before they are sent', async () => {
    const office = await openOffice();
    const { ada, time } = office;
    const id = await makeTask(ada, 'Kept');
    await time.advance(1000);
    ada.replica.setWorkOffline(true);
    await rename(ada, id, 'Not meant');
    const fresh = await makeTask(ada, 'Not meant either');
    await ada.replica.withdraw('task', id);
    await ada.replica.withdraw('task', fresh);
    expect(await titleOn(ada, id)).toBe('Kept');
    expect(ada.replica.status().unsent).toBe(0);
    ada.replica.setWorkOffline(false);
    await time.advance(1000);
    expect(await titleOnServer(office, fresh)).toBeUndefined();
  });
});
