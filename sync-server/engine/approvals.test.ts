import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { minutes, useEngine } from '#tests/support/engineFixture.ts';
import { acme, administrator, mail, rule, step } from '#tests/support/engineServer.ts';

const ask = (more: JsonObject = {}) =>
  step('ask', { type: 'approval', permission: 'approvals.approve', question: 'Send to {{ tenant.name }}?', ...more });
const told = (subject: string) => mail('mail', { subject, template: 'Plan {{ tenant.plan }}' });

describe('an approval', () => {
  const fixture = useEngine();
  const approvals = async () => {
    const all = await fixture.server.all('approval');
    return all.sort((left, right) => (left.createdAt < right.createdAt ? -1 : 1));
  };
  const begin = async (steps: JsonObject[]): Promise<RecordEnvelope> => {
    await fixture.server.save(rule('asks', steps));
    await fixture.server.send({ entityType: 'tenant', entityId: acme });
    await fixture.server.settle();
    const [approval] = await approvals();
    return approval!;
  };
  const decide = async (approval: RecordEnvelope, status: 'approved' | 'rejected', comment = '') => {
    await fixture.server.push('runs', { ...approval, status, body: { ...approval.body, comment } }, 'as discussed');
    await fixture.server.settle();
  };

  it('pauses the run until a person approves, and the run knows who', async () => {
    const approval = await begin([ask(), told('Go')]);
    expect(approval).toMatchObject({
      status: 'pending',
      assignedTo: '',
      body: { question: 'Send to Acme?', stepId: 'ask' },
    });
    expect(approval.body['subjectHash']).toMatch(/^[0-9a-f]{64}$/);
    expect(await fixture.onlyRun()).toMatchObject({
      status: 'waiting',
      body: { waiting: { for: 'approval', detail: approval.id } },
    });
    expect(fixture.server.seen).toEqual([]);
    await decide(approval, 'approved', 'fine');
    const run = await fixture.onlyRun();
    expect(run.status).toBe('success');
    expect(run.body['steps']).toMatchObject([
      { stepId: 'ask', output: { approved: true, by: administrator, comment: 'fine' } },
      { stepId: 'mail', status: 'success' },
    ]);
    expect(fixture.server.seen).toHaveLength(1);
  });

  it('that is rejected ends the run, or leaves the answer to later steps', async () => {
    await decide(await begin([ask(), told('Go')]), 'rejected', 'too early');
    expect(await fixture.onlyRun()).toMatchObject({ status: 'cancelled' });
    expect((await fixture.onlyRun()).body['error']).toContain('too early');
    await fixture.server.save(
      rule('asks2', [ask({ onReject: 'continue' }), mail('mail', { template: '{{ steps.ask.output.approved }}' })], {
        trigger: { type: 'event', pattern: 'shop.ping' },
      }),
    );
    await fixture.server.send({ code: 'ping' });
    await fixture.server.settle();
    const pending = (await approvals()).find(({ status }) => status === 'pending');
    await decide(pending!, 'rejected');
    expect(fixture.server.seen.map(({ request }) => request['body'])).toEqual(['false']);
  });

  it('that nobody decides is told to the role it escalates to, and expires', async () => {
    const approval = await begin([
      ask({ escalateAfterMinutes: 30, escalateTo: 'operations', expireAfterMinutes: 60 }),
      told('Go'),
    ]);
    await fixture.pass(30 * minutes);
    const heard = (await fixture.server.all('notification')).filter(({ body }) => body['relatedId'] === approval.id);
    expect(heard.map(({ assignedTo }) => assignedTo).sort()).toEqual(['staff-one', 'staff-two']);
    await fixture.pass(30 * minutes);
    expect((await fixture.server.record(approval.id))?.status).toBe('expired');
    expect((await fixture.onlyRun()).status).toBe('cancelled');
    expect(fixture.server.seen).toEqual([]);
  });

  it('is asked again when what would be done has changed meanwhile, and the trace says so (E12)', async () => {
    const first = await begin([ask(), told('Go')]);
    const tenant = await fixture.server.record(acme);
    await fixture.server.save({ ...tenant!, body: { ...tenant!.body, plan: 'enterprise' } });
    await fixture.pass(1000);
    await decide(first, 'approved');
    expect(fixture.server.seen).toEqual([]);
    const [, second] = await approvals();
    expect(second).toMatchObject({ status: 'pending' });
    expect(second?.body['subjectHash']).not.toBe(first.body['subjectHash']);
    expect((await fixture.onlyRun()).body['steps']).toMatchObject([
      { stepId: 'ask', status: 'waiting', output: { askedAgain: 1, voidApproval: first.id, approval: second?.id } },
    ]);
    await decide(second!, 'approved');
    expect(fixture.server.seen).toMatchObject([{ request: { body: 'Plan enterprise' } }]);
    expect((await fixture.onlyRun()).status).toBe('success');
  });

  it('is decided only by who holds the permission it names (E12)', async () => {
    const { server } = fixture;
    const approval = await begin([ask({ permission: 'payouts.approve' }), told('Go')]);
    const yes = { ...approval, status: 'approved' };
    await expect(server.push('runs', yes, '', 'staff-approver')).rejects.toThrow("'payouts.approve'");
    await server.push('runs', yes, '');
    await server.settle();
    expect((await fixture.onlyRun()).status).toBe('success');
  });

  it('of a run that is stopped is closed, and asked anew when the run is retried', async () => {
    const approval = await begin([ask(), told('Go')]);
    const run = await fixture.onlyRun();
    await fixture.server.command('cancelRuns', { runIds: [run.id], reason: 'wrong shop' });
    await fixture.server.settle();
    expect((await fixture.server.record(approval.id))?.status).toBe('expired');
    expect((await fixture.onlyRun()).body['error']).toBe('Stopped by Ada: wrong shop');
    await fixture.pass(1000);
    await fixture.server.command('retryRuns', { runIds: [run.id] });
    await fixture.server.settle();
    const pending = (await approvals()).find(({ status }) => status === 'pending');
    await decide(pending!, 'approved');
    expect((await fixture.onlyRun()).status).toBe('success');
  });
});

describe('a wait', () => {
  const fixture = useEngine();
  const waitFor = (until: JsonObject) => step('wait', { type: 'wait', until });

  it('for a time goes on then, also when the server was down meanwhile', async () => {
    const { server } = fixture;
    await server.save(rule('later', [waitFor({ for: 'duration', minutes: 5 }), mail('mail', { delayMinutes: 5 })]));
    await server.send({});
    await server.settle();
    fixture.time.now += 5 * minutes;
    await fixture.restart();
    await fixture.server.settle();
    expect((await fixture.onlyRun()).body['waiting']).toMatchObject({ for: 'delay' });
    expect(fixture.server.seen).toHaveLength(0);
    await fixture.pass(5 * minutes);
    expect((await fixture.onlyRun()).status).toBe('success');
    expect(fixture.server.seen).toHaveLength(1);
  });

  it('for an event ends with the event of the same entity, and with its time otherwise', async () => {
    const { server } = fixture;
    const until = { for: 'event', pattern: 'shop.order.shipped', timeoutMinutes: 60, about: 'entity' };
    const body = '{{ steps.wait.output.timedOut }} {{ steps.wait.output.event.data.parcel }}';
    await server.save(rule('parcel', [waitFor(until), mail('mail', { template: body })]));
    await server.send({ entityType: 'order', entityId: 'one' }, { entityType: 'order', entityId: 'two' });
    await server.settle();
    await server.send({ code: 'order.shipped', entityType: 'order', entityId: 'two', data: { parcel: 22 } });
    await server.send({ code: 'ping', entityType: 'order', entityId: 'one' });
    await server.settle();
    expect(server.seen.map(({ request }) => request['body'])).toEqual(['false 22']);
    await fixture.pass(60 * minutes);
    expect(server.seen.map(({ request }) => request['body'])).toEqual(['false 22', 'true ']);
    await server.send({ code: 'order.shipped', entityType: 'order', entityId: 'one' });
    await server.settle();
    expect(server.seen).toHaveLength(2);
  });

  it('for a change of a record hears of it, although no rule is set off by it', async () => {
    const { server } = fixture;
    const until = { for: 'event', pattern: 'record.tenant.updated', timeoutMinutes: 60 };
    await server.save(rule('watch', [waitFor(until), mail('mail')]));
    await server.send({});
    await server.settle();
    const tenant = await server.record(acme);
    await server.save({ ...tenant!, body: { ...tenant!.body, region: 'north' } });
    await server.settle();
    expect((await fixture.onlyRun()).status).toBe('success');
  });

  it('keeps the revision of the rule that the run began with (E8)', async () => {
    const { server } = fixture;
    const first = rule('pinned', [waitFor({ for: 'duration', minutes: 5 }), mail('mail', { template: 'old' })]);
    await server.save(first);
    await server.send({});
    await server.settle();
    await server.save({ ...first, body: { ...first.body, steps: [mail('mail', { template: 'new' })] } });
    await server.send({});
    await fixture.pass(5 * minutes);
    expect(server.seen.map(({ request }) => String(request['body'])).sort()).toEqual(['new', 'old']);
    expect((await fixture.runs()).map(({ body }) => String(body['revision'])).sort()).toEqual(['1', '2']);
  });
});
