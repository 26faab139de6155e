import { describe, expect, it } from 'vitest';
import { minutes, useEngine } from '#tests/support/engineFixture.ts';
import { acme, mail, newRecord, rule } from '#tests/support/engineServer.ts';

const hours = 60 * minutes;

describe('rules at a time', () => {
  const fixture = useEngine();

  it('a schedule fires in its time zone, once for each time', async () => {
    const { server } = fixture;
    const trigger = { type: 'schedule', cron: '0 12 * * *', timeZone: 'Asia/Riyadh' };
    await server.save(rule('noon', [mail('mail', { template: '{{ event.data.at }}' })], { trigger }));
    await server.settle();
    await fixture.pass(hours - 1000);
    expect(server.seen).toHaveLength(0);
    await fixture.pass(1000);
    expect(server.seen.map(({ request }) => request['body'])).toEqual(['2026-03-02T09:00:00.000Z']);
    await fixture.pass(24 * hours);
    expect(server.seen).toHaveLength(2);
  });

  it('times that were missed while the server was down fire once, and say how many there were (E15)', async () => {
    const trigger = { type: 'schedule', cron: '0 * * * *', timeZone: 'UTC' };
    const template = '{{ event.data.at }} {{ event.data.missed }}';
    await fixture.server.save(rule('hourly', [mail('mail', { template })], { trigger }));
    await fixture.server.settle();
    fixture.time.now += 5.5 * hours;
    await fixture.restart();
    await fixture.server.settle();
    expect(fixture.server.seen.map(({ request }) => request['body'])).toEqual(['2026-03-02T09:00:00.000Z 4']);
    await fixture.pass(0.5 * hours);
    expect(fixture.server.seen.at(-1)?.request['body']).toBe('2026-03-02T14:00:00.000Z 0');
    expect(fixture.server.seen).toHaveLength(2);
  });

  it('a schedule that is changed or paused does not fire as it was', async () => {
    const { server } = fixture;
    const trigger = { type: 'schedule', cron: '0 * * * *', timeZone: 'UTC' };
    const hourly = rule('hourly', [mail('mail')], { trigger });
    await server.save(hourly);
    await server.settle();
    await server.save({ ...hourly, body: { ...hourly.body, trigger: { ...trigger, cron: '30 * * * *' } } });
    await server.settle();
    await fixture.pass(hours);
    expect(server.seen).toHaveLength(1);
    await server.save({ ...hourly, body: { ...hourly.body, isActive: false } });
    await fixture.pass(5 * hours);
    expect(server.seen).toHaveLength(1);
  });

  it('a date fires with its offset for records that were there and for new ones, never twice (E16)', async () => {
    const { server, time } = fixture;
    const at = (offset: number) => new Date(time.now + offset).toISOString();
    const task = (id: string, dueAt: string) =>
      newRecord(
        'task',
        acme,
        { title: id, description: '', dueAt, priority: 'normal', relatedKind: '', relatedId: '' },
        time.now,
        {
          id,
          status: 'open',
        },
      );
    await server.save(task('early', at(2 * hours)));
    await server.save(task('over', at(-2 * hours)));
    const trigger = { type: 'date', kind: 'task', field: 'body.dueAt', offsetMinutes: -30 };
    await server.save(rule('remind', [mail('mail', { template: '{{ record.title }}' })], { trigger }));
    await server.settle();
    const late = task('late', at(3 * hours));
    await server.save(late);
    await server.save(task('moved', at(2 * hours)));
    await server.save(task('moved', at(4 * hours)));
    await server.settle();
    await fixture.pass(1.5 * hours);
    expect(server.seen.map(({ request }) => request['body'])).toEqual(['early']);
    await fixture.pass(hours);
    expect(server.seen.map(({ request }) => request['body'])).toEqual(['early', 'late']);
    await server.save({ ...late, body: { ...late.body, description: 'touched' } });
    await fixture.restart();
    await fixture.pass(hours);
    expect(fixture.server.seen.map(({ request }) => request['body'])).toEqual(['moved']);
    expect(fixture.server.faults).toEqual([]);
  });
});

describe('the door for events', () => {
  const fixture = useEngine();

  it.each([
    ['an unknown type', { code: 'order.unheard' }, { code: 'invalid', path: 'code' }],
    ['a type that is switched off', { code: 'off' }, { code: 'invalid', path: 'code' }],
    ['data that break the schema', { data: { amount: -1 } }, { code: 'invalid', path: 'data.amount' }],
    ['an unknown tenant', { tenantId: 'nobody' }, { code: 'not_found', path: 'tenantId' }],
    ['a name that only rules have', { module: 'rule', code: 'started' }, { code: 'invalid', path: 'code' }],
    ['half of a surrogate pair', { data: { note: '\ud83d' } }, { code: 'invalid', path: 'data' }],
  ])('refuses %s', async (_what, event, problem) => {
    expect(await fixture.server.send(event)).toMatchObject([{ status: 'refused', problem }]);
  });

  it('knows an event by its key for seven days, within its tenant (E2)', async () => {
    const { server } = fixture;
    const [first] = await server.send({ idempotencyKey: 'a' });
    const again = await server.send({ idempotencyKey: 'a' }, { idempotencyKey: 'b' }, { idempotencyKey: 'b' });
    expect(again.map(({ status }) => status)).toEqual(['duplicate', 'stored', 'duplicate']);
    expect(again[0]).toMatchObject({ id: first?.status === 'stored' ? first.id : '' });
    const [other] = await server.send({ tenantId: '', idempotencyKey: 'a' });
    expect(other?.status).toBe('stored');
    await fixture.pass(7 * 24 * hours);
    expect((await server.send({ idempotencyKey: 'a' }))[0]?.status).toBe('stored');
  });

  it('takes nothing for an archived tenant', async () => {
    const { server } = fixture;
    const tenant = await server.record(acme);
    await server.save({ ...tenant!, status: 'ARCHIVED' });
    expect(await server.send({})).toMatchObject([{ status: 'refused', problem: { code: 'read_only' } }]);
  });

  it('a call of a rule’s own address runs that rule only', async () => {
    const { server } = fixture;
    await server.save(
      rule('hooked', [mail('mail', { template: '{{ event.data.body.n }}' })], { trigger: { type: 'webhook' } }),
    );
    await server.save(rule('other', [mail('mail')], { trigger: { type: 'webhook' } }));
    const call = { module: 'webhook', code: 'received', tenantId: '', entityType: 'rule', entityId: 'rule-hooked' };
    await server.send({ ...call, source: 'webhook', data: { n: 5 } });
    await server.settle();
    expect(server.seen.map(({ request }) => request['body'])).toEqual(['5']);
  });
});
