import { describe, expect, it } from 'vitest';
import { minutes, useEngine } from '#tests/support/engineFixture.ts';
import { acme, mail, rule, step } from '#tests/support/engineServer.ts';

const emit = (event: string) =>
  step('emit', { type: 'action', action: 'emit_event', settings: { event, data: { amount: 1 } } });
const wait = step('wait', { type: 'wait', until: { for: 'duration', minutes: 10 } });

describe('what bounds a rule', () => {
  const fixture = useEngine({ runsPerMinute: 600 });

  it('an execution limit is exact when 500 events come at once (E5)', async () => {
    const { server } = fixture;
    await server.save(rule('limited', [mail('mail')], { executionLimit: 37 }));
    await Promise.all(Array.from({ length: 50 }, () => server.send(...Array.from({ length: 10 }, () => ({})))));
    await server.settle();
    expect(await fixture.runs()).toHaveLength(37);
    expect(server.seen).toHaveLength(37);
    const events = (await server.all('event')).filter(({ body }) => body['code'] === 'order.placed');
    expect(events.map(({ status }) => status)).toEqual(Array.from({ length: 500 }, () => 'processed'));
    await server.stop();
    expect((await server.record('rule-limited'))?.body).toMatchObject({ executionCount: 37, revision: 1 });
  });

  it('a cooldown lets one run through, and the next when it is over (E5)', async () => {
    const { server } = fixture;
    await server.save(rule('calm', [mail('mail')], { cooldownSeconds: 60 }));
    await server.send({}, {}, {});
    await server.settle();
    expect(await fixture.runs()).toHaveLength(1);
    await fixture.pass(59_000);
    await server.send({});
    await server.settle();
    expect(await fixture.runs()).toHaveLength(1);
    await fixture.pass(1000);
    await server.send({});
    await server.settle();
    expect(await fixture.runs()).toHaveLength(2);
  });

  it('a tenant has so many runs a minute; the event that exceeds them fails and may be retried (E4)', async () => {
    const { server } = fixture;
    await server.save(rule('busy', [mail('mail')]));
    await server.send(...Array.from({ length: 602 }, () => ({})));
    await server.settle();
    const failed = (await server.all('event')).filter(({ status }) => status === 'failed');
    expect(failed).toHaveLength(2);
    expect(failed[0]?.body).toMatchObject({ failure: 'quota', attempts: 1, matched: 0 });
    expect(failed[0]?.body['error']).toContain('600 runs a minute');
    await fixture.pass(minutes);
    await server.command('retryEvents', { eventIds: failed.map(({ id }) => id) });
    await server.settle();
    expect(await fixture.runs()).toHaveLength(602);
    expect((await server.record(failed[0]?.id ?? ''))?.body).toMatchObject({ failure: '', attempts: 2, matched: 1 });
  });

  it('rules that fire each other stop at depth 8, and the event names the whole chain (E4)', async () => {
    const { server } = fixture;
    await server.save(rule('first', [emit('shop.order.shipped')]));
    await server.save(
      rule('second', [emit('shop.order.placed')], { trigger: { type: 'event', pattern: 'shop.order.shipped' } }),
    );
    await server.send({});
    await server.settle();
    expect(await fixture.runs()).toHaveLength(8);
    const failed = (await server.all('event')).filter(({ status }) => status === 'failed');
    expect(failed).toHaveLength(1);
    expect(failed[0]?.body).toMatchObject({ failure: 'depth', depth: 8 });
    expect(failed[0]?.body['chain']).toHaveLength(8);
    const error = String(failed[0]?.body['error']);
    expect(error.match(/"first"/g)).toHaveLength(5);
    expect(error.match(/"second"/g)).toHaveLength(4);
  });

  it('changes that a rule makes carry its chain too', async () => {
    const { server } = fixture;
    const plan = { type: 'action', action: 'update_field', settings: { field: 'notes', value: '{{ record.notes }}+' } };
    await server.save(
      rule('endless', [step('note', plan)], { trigger: { type: 'record', kind: 'tenant', on: 'update' } }),
    );
    const tenant = await server.record(acme);
    await server.save({ ...tenant!, body: { ...tenant!.body, region: 'north' } });
    for (let round = 0; round < 10; round += 1) await fixture.pass(1000);
    expect(await fixture.runs()).toHaveLength(8);
    const failed = (await server.all('event')).filter(({ status }) => status === 'failed');
    expect(failed).toMatchObject([{ body: { failure: 'depth', entityId: acme } }]);
  });
});

describe('runs of one rule at once', () => {
  const fixture = useEngine();
  const statuses = async () => (await fixture.runs()).map(({ status }) => status).sort();

  it('single: what fires meanwhile is passed over (E6)', async () => {
    const { server } = fixture;
    await server.save(rule('one', [wait, mail('mail')], { concurrency: 'single' }));
    await server.send({}, {}, {});
    await server.settle();
    expect(await statuses()).toEqual(['waiting']);
    await fixture.pass(10 * minutes);
    await server.send({});
    await server.settle();
    expect(await statuses()).toEqual(['success', 'waiting']);
  });

  it('queued: one after the other, in the order of the events (E6)', async () => {
    const { server } = fixture;
    await server.save(rule('line', [wait, mail('mail')], { concurrency: 'queued' }));
    await server.send({ data: { amount: 1 } }, { data: { amount: 2 } }, { data: { amount: 3 } });
    await server.settle();
    const waiting = (await fixture.runs()).map(({ body }) => (body['waiting'] as { for: string }).for);
    expect(waiting.sort()).toEqual(['time', 'turn', 'turn']);
    for (let round = 0; round < 3; round += 1) await fixture.pass(10 * minutes);
    expect(await statuses()).toEqual(['success', 'success', 'success']);
    expect(server.seen.map(({ request }) => request['body'])).toEqual(['Order 1', 'Order 2', 'Order 3']);
  });

  it('parallel with a maximum: so many, and the others wait for their turn (E6)', async () => {
    const { server } = fixture;
    await server.save(rule('two', [wait, mail('mail')], { concurrency: 'parallel', maxParallel: 2 }));
    await server.send({}, {}, {}, {}, {});
    await server.settle();
    const turns = async () =>
      (await fixture.runs()).filter(({ body }) => (body['waiting'] as { for: string } | null)?.for === 'turn').length;
    expect(await turns()).toBe(3);
    await fixture.pass(10 * minutes);
    expect(await turns()).toBe(1);
    for (let round = 0; round < 2; round += 1) await fixture.pass(10 * minutes);
    expect(await statuses()).toEqual(Array.from({ length: 5 }, () => 'success'));
  });

  it('restart: the newer run takes the place of the one that goes on (E6)', async () => {
    const { server } = fixture;
    await server.save(rule('newest', [wait, mail('mail')], { concurrency: 'restart' }));
    for (const amount of [1, 2, 3]) {
      await server.send({ data: { amount } });
      await fixture.pass(1000);
    }
    expect(await statuses()).toEqual(['cancelled', 'cancelled', 'waiting']);
    await fixture.pass(10 * minutes);
    expect(await statuses()).toEqual(['cancelled', 'cancelled', 'success']);
    expect(server.seen.map(({ request }) => request['body'])).toEqual(['Order 3']);
  });
});
