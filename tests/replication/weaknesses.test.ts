import { describe, expect, it } from 'vitest';
import { isJsonObject } from '#shared/kernel/json.ts';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import { inboxOf, makeTask, minute, openOffice, rename, tasksOn, titleOn, titleOnServer } from './office.ts';

describe('what the replication of RxDB 17.6 loses, and this one does not', () => {
  it('a disk that fails while pulled documents are written: the page is pulled again', async () => {
    const office = await openOffice();
    const { ada, ben, time } = office;
    ben.setDiskFull(true);
    const id = await makeTask(ada, 'Call the bank');
    await time.advance(5000);
    expect(await titleOn(ben, id)).toBeUndefined();
    expect(ben.replica.status().problem?.message).toContain('no space left on the disk');
    ben.setDiskFull(false);
    await time.advance(2 * minute);
    expect(await titleOn(ben, id)).toBe('Call the bank');
    expect(ben.replica.status().problem).toBeUndefined();
  });

  it('a document that is not valid is reported and kept, the others arrive, and the notice goes with the fault', async () => {
    const office = await openOffice();
    const { ada, ben, server, time } = office;
    server.tamper((document) =>
      isJsonObject(document) && isJsonObject(document['body']) && document['body']['title'] === 'Bad'
        ? { ...document, body: { ...document['body'], priority: 'purple' } }
        : document,
    );
    const bad = await makeTask(ada, 'Bad');
    const good = await makeTask(ada, 'Good');
    await time.advance(1000);
    expect(await titleOn(ben, good)).toBe('Good');
    expect(inboxOf(ben)).toMatchObject([
      {
        type: 'invalid_document',
        recordId: bad,
        problem: { path: 'body.priority' },
        document: { body: { title: 'Bad' } },
      },
    ]);
    ben.replica.compare();
    await time.advance(1000);
    expect(ben.replica.status().repairs).toEqual([]);
    server.tamper((document) => document);
    await rename(ada, bad, 'Better');
    await time.advance(1000);
    expect(await titleOn(ben, bad)).toBe('Better');
    expect(inboxOf(ben)).toEqual([]);
  });

  it('a refused edit does not hold up the others; what was typed is in the inbox with the reason', async () => {
    const office = await openOffice();
    const { ada, ben, server, time } = office;
    const id = await makeTask(ada, 'Shared');
    await time.advance(1000);
    ben.replica.setWorkOffline(true);
    server.setPrincipal(
      makePrincipal([makeGrant(['tasks.view', 'tasks.view_all', 'tasks.create'])], { id: 'ben', name: 'ben' }),
    );
    await rename(ben, id, 'Typed by Ben');
    const own = await makeTask(ben, 'New by Ben');
    ben.replica.setWorkOffline(false);
    await time.advance(5000);
    expect(await titleOnServer(office, own)).toBe('New by Ben');
    expect(await titleOn(ben, id)).toBe('Shared');
    expect(ben.replica.status()).toMatchObject({ unsent: 0, refused: 1 });
    expect(inboxOf(ben)).toMatchObject([
      { type: 'rejection', recordId: id, problem: { code: 'forbidden' }, mine: { body: { title: 'Typed by Ben' } } },
    ]);
  });

  it('an edit too large for a frame is refused by itself, with a sentence', async () => {
    const office = await openOffice();
    const { ada, time } = office;
    const made = await ada.replica.create('command', '', { type: 'huge', args: { text: 'x'.repeat(5_000_000) } });
    const small = await makeTask(ada, 'Small');
    expect(made.ok).toBe(true);
    await time.advance(5000);
    expect(await titleOnServer(office, small)).toBe('Small');
    expect(inboxOf(ada)).toMatchObject([{ type: 'rejection', problem: { code: 'too_large' } }]);
  });

  it('a clock that stepped back a day hides no edit', async () => {
    const office = await openOffice();
    const { ada, time } = office;
    const id = await makeTask(ada, 'First');
    await time.advance(1000);
    ada.stepClock(-24 * 60 * minute);
    await rename(ada, id, 'After the step');
    await time.advance(1000);
    expect(await titleOnServer(office, id)).toBe('After the step');
    expect(ada.replica.status().unsent).toBe(0);
  });

  it('a checkpoint that advances over documents of others does not stall the pull', async () => {
    const office = await openOffice({ ben: { grants: [makeGrant(['tasks.view', 'tasks.create'])] } });
    const { ada, ben, time } = office;
    ben.replica.setWorkOffline(true);
    for (let index = 0; index < 1200; index += 1) await makeTask(ada, `Not for Ben ${index}`);
    await time.advance(20_000);
    const made = await ada.replica.create('task', '', { title: 'For Ben' }, { assignedTo: 'ben' });
    await time.advance(1000);
    ben.replica.setWorkOffline(false);
    await time.advance(5000);
    expect((await tasksOn(ben)).map(({ record }) => record.id)).toEqual([made.ok ? made.value.id : '']);
  });

  it('what changes between a disconnect and the reconnect arrives', async () => {
    const office = await openOffice();
    const { ada, ben, server, time } = office;
    const id = await makeTask(ada, 'Before');
    await time.advance(1000);
    office.setFate((direction) => (direction === 'down' ? [] : [3]));
    await rename(ada, id, 'Meanwhile');
    await time.advance(1000);
    server.dropAll();
    office.setFate(() => [3]);
    await time.advance(minute);
    expect(await titleOn(ben, id)).toBe('Meanwhile');
  });
});
