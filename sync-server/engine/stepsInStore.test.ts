import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import { minutes, useEngine } from '#tests/support/engineFixture.ts';
import { acme, mail, newRecord, rule, step } from '#tests/support/engineServer.ts';
import type { EffectOutcome } from './effects.ts';

const action = (id: string, name: string, settings: JsonObject) => step(id, { type: 'action', action: name, settings });

describe('steps that write to the store', () => {
  const fixture = useEngine();
  const runOf = async (steps: JsonObject[], more: JsonObject = {}, tenantId = '') => {
    const { server } = fixture;
    await server.save({ ...rule('writes', steps, more), tenantId });
    await server.send({ entityType: 'tenant', entityId: acme, data: { amount: 1 } });
    await server.settle();
    return fixture.onlyRun();
  };

  it.each<[string, JsonObject, string]>([
    [
      'a move that the state machine does not have',
      action('bad', 'update_status', { status: 'CREATED' }),
      'ACTIVE cannot become CREATED',
    ],
    ['a move without the reason it needs', action('bad', 'update_status', { status: 'SUSPENDED' }), 'needs a reason'],
    ['a value that is none of the choices', action('bad', 'update_field', { field: 'plan', value: 'gold' }), "'plan'"],
    [
      'what only an erasure writes in a person’s place',
      action('bad', 'update_field', { field: 'ownerEmail', value: 'erased@erased.invalid' }),
      "'body.ownerEmail'",
    ],
    ['a field that is not there', action('bad', 'update_field', { field: 'colour', value: 'red' }), 'colour'],
    [
      'a record that is not there',
      action('bad', 'update_field', { kind: 'tenant', id: 'nowhere', field: 'plan', value: 'free' }),
      "'nowhere'",
    ],
    [
      'records that decide about rights',
      action('bad', 'update_field', { kind: 'staff', id: 'staff-one', field: 'displayName', value: 'Root' }),
      "kind 'staff'",
    ],
    [
      'an event that the catalogue does not know',
      action('bad', 'emit_event', { event: 'shop.nothing' }),
      'shop.nothing',
    ],
    [
      'a plugin that is not installed',
      step('bad', { type: 'pluginAction', plugin: 'crm', action: 'sync' }),
      "plugin 'crm'",
    ],
    ['a job that there is not', step('bad', { type: 'runJob', job: 'reboot' }), "no job 'reboot'"],
    [
      'nobody to tell',
      step('bad', { type: 'notification', to: 'role:nobody', subject: 'x', message: '' }),
      'role:nobody',
    ],
  ])('refuse %s, and say why', async (_what, bad, reason) => {
    const run = await runOf([bad, mail('after')]);
    expect(run.status).toBe('failed');
    expect(run.body['error']).toContain(reason);
    expect(run.body['steps']).toMatchObject([{ stepId: 'bad', status: 'failed' }]);
    expect(fixture.server.seen).toEqual([]);
    expect((await fixture.server.record(acme))?.version).toBe(1);
  });

  it('a tenant’s rule does not reach other tenants (E13)', async () => {
    const other = { name: 'Other', slug: 'other', plan: 'free', ownerEmail: 'o@other.example' };
    await fixture.server.save(newRecord('tenant', 'tenant-other', other, 0, { id: 'tenant-other', status: 'ACTIVE' }));
    const settings = { kind: 'tenant', id: 'tenant-other', field: 'plan', value: 'enterprise' };
    const run = await runOf([action('reach', 'update_field', settings)], {}, acme);
    expect(run).toMatchObject({ status: 'failed', tenantId: acme });
    expect((await fixture.server.record('tenant-other'))?.body['plan']).toBe('free');
  });

  it('a status is moved with its reason, its history and its event', async () => {
    const settings = { status: 'SUSPENDED', reason: 'Unpaid {{ event.data.amount }}' };
    expect((await runOf([action('stop', 'update_status', settings)])).status).toBe('success');
    expect((await fixture.server.record(acme))?.status).toBe('SUSPENDED');
    const [entry] = (await fixture.server.all('lifecycleEntry')).filter(({ body }) => body['to'] === 'SUSPENDED');
    expect(entry?.body).toMatchObject({ from: 'ACTIVE', reason: 'Unpaid 1' });
    const events = (await fixture.server.all('event')).filter(({ body }) => body['code'] === 'suspended');
    expect(events).toMatchObject([{ status: 'processed', body: { depth: 1, chain: [{ ruleId: 'rule-writes' }] } }]);
  });

  it('round robin gives to one after the other, least loaded to who has least to do', async () => {
    const { server } = fixture;
    const task = (id: string, assignedTo: string) =>
      newRecord(
        'task',
        acme,
        { title: id, description: '', dueAt: '', priority: 'normal', relatedKind: '', relatedId: '' },
        0,
        {
          id,
          status: 'open',
          assignedTo,
        },
      );
    for (const id of ['t1', 't2', 't3']) await server.save(task(id, ''));
    const give = (strategy: string) =>
      action('give', 'assign_user', { strategy, role: 'operations', kind: 'task', id: '{{ event.entityId }}' });
    await server.save(rule('robin', [give('round_robin')]));
    for (const entityId of ['t1', 't2', 't3']) {
      await server.send({ entityType: 'task', entityId });
      await server.settle();
    }
    const owners = async () => (await server.all('task')).map(({ id, assignedTo }) => `${id} ${assignedTo}`).sort();
    expect(await owners()).toEqual(['t1 staff-one', 't2 staff-two', 't3 staff-one']);
    await server.save(rule('least', [give('least_loaded')], { trigger: { type: 'event', pattern: 'shop.ping' } }));
    await server.save(task('t4', ''));
    await server.send({ code: 'ping', entityType: 'task', entityId: 't4' });
    await server.settle();
    expect(await owners()).toContain('t4 staff-two');
  });

  it('jobs of the server give their outcome to later steps', async () => {
    const template = '{{ steps.check.output.intact }} {{ steps.count.output.rules }}';
    const run = await runOf([
      step('check', { type: 'runJob', job: 'verify_audit_chain' }),
      step('count', { type: 'runJob', job: 'count_tenant_records' }),
      mail('mail', { template }),
    ]);
    expect(run.body['error']).toBe('');
    expect(fixture.server.seen.map(({ request }) => request['body'])).toEqual(['true 0']);
  });
});

describe('steps that fail', () => {
  let failures = 0;
  const fixture = useEngine({
    answer: ({ type }): EffectOutcome => {
      if (type === 'askModel') return { ok: false, error: 'no model is configured', retriable: false };
      failures -= 1;
      return failures < 0 ? { ok: true, output: { taken: true } } : { ok: false, error: 'away', retriable: true };
    },
  });

  it('are tried again after growing pauses, under one key, and the run knows the attempts', async () => {
    const { server } = fixture;
    failures = 2;
    await server.save(rule('patient', [mail('mail', { retry: { max: 3, backoffSeconds: 60 } })]));
    await server.send({});
    await server.settle();
    expect((await fixture.onlyRun()).body['waiting']).toMatchObject({ for: 'retry' });
    await fixture.pass(minutes);
    expect(server.seen).toHaveLength(2);
    await fixture.pass(2 * minutes);
    const run = await fixture.onlyRun();
    expect(run).toMatchObject({ status: 'success', body: { steps: [{ attempts: 3, status: 'success' }] } });
    expect(server.seen.map(({ attempt, key }) => `${attempt} ${key}`)).toEqual(
      [1, 2, 3].map((attempt) => `${attempt} ${run.id}:mail`),
    );
    const health = await server.engine.health();
    expect(health.runs).toMatchObject({ running: 0, waiting: 0, retries: 2, failureRate: 0 });
    expect(health.events).toMatchObject({ pending: 0, failed: 0 });
  });

  it('are passed over, or lead to a branch, and the run ends as partial', async () => {
    const { server } = fixture;
    failures = 2;
    const errorSteps = [
      step('tell', { type: 'notification', to: 'role:operations', subject: 'Mail failed', message: '' }),
    ];
    await server.save(
      rule('goes-on', [
        mail('one', { onError: 'continue' }),
        mail('two', { onError: 'branch', errorSteps }),
        mail('three'),
      ]),
    );
    await server.send({});
    await server.settle();
    const run = await fixture.onlyRun();
    expect(run.status).toBe('partial');
    expect(
      (run.body['steps'] as JsonObject[]).map(({ stepId, status }) => `${String(stepId)} ${String(status)}`),
    ).toEqual(['one failed', 'two failed', 'tell success', 'three success']);
  });

  it('a decision without a model takes its fallback and says why', async () => {
    const { server } = fixture;
    failures = 0;
    const decide = step('decide', {
      type: 'aiDecision',
      question: 'Which?',
      timeoutSeconds: 5,
      options: [{ id: 'yes', label: 'Yes', steps: [mail('yes')] }],
      fallback: [mail('fallback')],
    });
    await server.save(rule('asks', [decide]));
    await server.send({});
    await server.settle();
    const run = await fixture.onlyRun();
    expect(run.body['steps']).toMatchObject([
      { stepId: 'decide', branch: 'fallback', output: { fallback: true, error: 'no model is configured' } },
      { stepId: 'fallback', status: 'success' },
    ]);
  });

  it('what a run has read or written is written down with each step, and with the events it makes', async () => {
    const { server } = fixture;
    const body = { name: 'Ada', email: 'ada@acme.example', role: 'member' };
    await server.save(newRecord('member', acme, body, 0, { id: 'member-ada' }));
    await server.save(
      rule('reads', [
        mail('plain', { subject: 'Hello', template: '{{ event.data.amount }}' }),
        mail('tenant', { subject: '{{ tenant.name }}' }),
        action('member', 'update_field', { kind: 'member', id: 'member-ada', field: 'name', value: 'Ada L' }),
        action('tell', 'emit_event', { event: 'shop.ping', data: { was: '{{ steps.member.output.changed[0].old }}' } }),
      ]),
    );
    await server.send({ data: { amount: 1 } });
    await server.settle();
    const of = (...kinds: string[]) => ({ about: kinds.map((kind) => ({ kind, tenantId: acme })) });
    expect((await fixture.onlyRun()).body['steps']).toMatchObject([
      of(),
      of('tenant'),
      of('tenant', 'member'),
      of('tenant', 'member'),
    ]);
    const ping = (await server.all('event')).find((one) => one.body['code'] === 'ping');
    expect(ping?.body).toMatchObject({ source: 'rule', data: { was: 'Ada' }, ...of('tenant', 'member') });
  });

  it('what a run that waited for an event was told by it counts as read', async () => {
    const { server } = fixture;
    const wait = step('wait', {
      type: 'wait',
      until: { for: 'event', pattern: 'record.member.updated', timeoutMinutes: 60 },
    });
    const body = { name: 'Ada', email: 'ada@acme.example', role: 'member' };
    const ada = newRecord('member', acme, body, 0, { id: 'member-ada' });
    await server.save(ada);
    await server.save(rule('waits', [wait, mail('after', { subject: '{{ steps.wait.output.event.name }}' })]));
    await server.send({});
    await server.settle();
    await server.save({ ...ada, body: { ...body, name: 'Ada L' } });
    await server.settle();
    const member = [{ kind: 'member', tenantId: acme }];
    expect((await fixture.onlyRun()).body['steps']).toMatchObject([{ about: member }, { about: member }]);
  });
});
