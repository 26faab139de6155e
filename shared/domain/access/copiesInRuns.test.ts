import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import { aboutEvent, anything } from '../automation/run/aboutStep.ts';
import { eventGone } from '../automation/run/fixedFailures.ts';
import type { Principal } from './principal.ts';
import { recordViewOf } from './recordView.ts';
import { systemRoles } from './systemRoles.ts';
import { seesMore } from './viewGrowth.ts';

const copyOf = (kind: string, body: JsonObject, tenantId = 't1'): RecordEnvelope => {
  const at = '2026-11-21T12:00:00.000Z';
  const made = { createdAt: at, createdBy: 'system', updatedAt: at, updatedBy: 'system', version: 1 };
  return { id: 'one', kind, tenantId, status: '', assignedTo: '', ...made, body };
};
const withRole = (key: string): Principal => {
  const role = systemRoles.find((one) => one.key === key);
  return makePrincipal([makeGrant([...(role?.permissions ?? [])], { fieldRules: [...(role?.fieldRules ?? [])] })]);
};
/** Sees runs, events and the log, and whole tenants. */
const watcher = makePrincipal([
  makeGrant(['runs', 'events', 'audit', 'tenants', 'commands'].flatMap((one) => [`${one}.view`, `${one}.view_all`])),
]);
const about = (...kinds: string[]) => kinds.map((kind) => ({ kind, tenantId: 't1' }));
const trace = (stepId: string, more: JsonObject): JsonObject => ({
  stepId,
  name: stepId,
  status: 'success',
  input: { to: 'ada@home.example' },
  output: { said: 'ada@home.example' },
  error: '',
  ...more,
});
const runOf = (steps: JsonObject[], more: JsonObject = {}) =>
  copyOf('run', {
    entityType: 'tenant',
    variables: { who: 'ada@home.example' },
    steps,
    error: 'no ada@home.example',
    ...more,
  });
const secret = 'ada@home';
const see = (person: Principal, record: RecordEnvelope) => recordViewOf(person).redact(record);

describe('what the steps of a run were asked and answered', () => {
  it('is for those who see all that the run had read or written by then, the steps before it for more', () => {
    const steps = [trace('first', { about: about('tenant') }), trace('second', { about: about('tenant', 'member') })];
    const shown = see(watcher, runOf(steps));
    expect(shown.body['steps']).toEqual([
      steps[0],
      { stepId: 'second', name: 'second', status: 'success', error: '', withheld: true },
    ]);
    expect(shown.body).toMatchObject({ variables: {}, error: '' });
    expect(see(withRole('admin'), runOf(steps))).toEqual(runOf(steps));
  });

  it('is kept back where nobody wrote down what it is about, or where that is beyond counting', () => {
    for (const one of [trace('old', {}), trace('wide', { about: [{ kind: '*', tenantId: '' }] })]) {
      expect(JSON.stringify(see(watcher, runOf([one])))).not.toContain(secret);
      expect(see(withRole('admin'), runOf([one]))).toEqual(runOf([one]));
    }
  });

  it('is of the tenant that the other record is in', () => {
    const only = makePrincipal([makeGrant(['*'], { tenants: ['t1'] })]);
    const of = (tenantId: string) => runOf([trace('one', { about: [{ kind: 'member', tenantId }] })]);
    expect(see(only, of('t1'))).toEqual(of('t1'));
    expect(JSON.stringify(see(only, of('t2')))).not.toContain(secret);
  });

  it('nobody wrote down what it is about, or of a kind that is gone, is for who sees everything everywhere', () => {
    const only = makePrincipal([makeGrant(['*'], { tenants: ['t1'] })]);
    for (const one of [trace('old', {}), trace('gone', { about: about('gone') })])
      for (const person of [only, watcher]) expect(JSON.stringify(see(person, runOf([one])))).not.toContain(secret);
    const gone = runOf([trace('gone', { about: about('gone') })]);
    expect(see(withRole('admin'), gone)).toEqual(gone);
    const order = copyOf('command', { type: 'editEvent', args: { eventId: 'e1', data: { mail: secret } } });
    expect(JSON.stringify(see(only, order))).not.toContain(secret);
  });

  it('leaves messages of our own that repeat nothing', () => {
    const gone = `second (second): ${eventGone}`;
    const told = { about: about('member'), status: 'failed' };
    const steps = [
      trace('first', { ...told, error: 'ada@home.example bounced' }),
      trace('second', { ...told, error: gone }),
    ];
    const shown = see(watcher, runOf(steps, { error: gone }));
    expect(shown.body).toMatchObject({ error: gone, steps: [{ error: '' }, { error: gone }] });
    const mixed = `second (second): ada@home.example ${eventGone}`;
    expect(see(watcher, runOf(steps, { error: mixed })).body['error']).toBe('');
  });

  it('stays kept back, however often it is looked at', () => {
    const once = see(watcher, runOf([trace('one', { about: about('member') })]));
    expect(see(watcher, once)).toEqual(once);
    expect(see(withRole('viewer'), once)).toEqual(once);
  });
});

describe('what a rule told others of', () => {
  it('an event that a rule made is for those who see all that its run had read', () => {
    const made = copyOf('event', { source: 'rule', entityType: '', data: { mail: secret }, about: about('member') });
    expect(see(watcher, made).body['data']).toEqual({});
    expect(see(withRole('admin'), made)).toBe(made);
    const old = copyOf('event', { source: 'rule', entityType: '', data: { mail: secret } });
    expect(see(watcher, old).body['data']).toEqual({});
    const plain = copyOf('event', { source: 'rule', entityType: '', data: { count: 1 }, about: about('tenant') });
    expect(see(watcher, plain)).toBe(plain);
  });

  it('data that a person started a rule with are for who gave them, and who sees everything', () => {
    const body = { source: 'manual', entityType: 'tenant', triggeredBy: 'ada', data: { ruleId: 'r1', mail: secret } };
    const started = copyOf('event', body);
    expect(see(watcher, started).body['data']).toEqual({ ruleId: 'r1' });
    expect(see(withRole('admin'), started)).toBe(started);
    const own = copyOf('event', { ...body, triggeredBy: watcher.id });
    expect(see(watcher, own)).toBe(own);
    const bare = copyOf('event', { ...body, data: { ruleId: 'r1' } });
    expect(see(watcher, bare)).toBe(bare);
    expect(aboutEvent(bare)).toEqual(about('tenant'));
    expect(aboutEvent(started)).toEqual([anything]);
  });

  it.each(['api', 'record', 'manual'])(
    'an event of source %s that was written anew is for who sees everything',
    (source) => {
      const body = { source, entityType: 'tenant', triggeredBy: watcher.id, data: { mail: secret } };
      const anew = copyOf('event', { ...body, about: [{ kind: '*', tenantId: '' }] });
      expect(see(watcher, anew).body['data']).toEqual({});
      expect(see(withRole('admin'), anew)).toBe(anew);
      expect(aboutEvent(anew)).toEqual([anything]);
    },
  );

  it('an event of a write that does not look like one tells nothing of the record', () => {
    const shapes: JsonObject[] = [{ mail: secret }, { changes: [], mail: secret }, { changes: secret }];
    for (const data of shapes) {
      const odd = copyOf('event', { source: 'record', entityType: 'member', data });
      expect(see(watcher, odd).body['data']).toEqual({});
    }
  });

  it('the reason a write of theirs failed goes with the data, unless it is ours', () => {
    const failed = (failure: string) =>
      copyOf('event', { source: 'lifecycle', entityType: 'member', data: { mail: secret }, failure, error: secret });
    expect(see(watcher, failed('schema')).body).toMatchObject({ data: {}, error: '' });
    expect(see(watcher, failed('quota')).body).toMatchObject({ data: {}, error: secret });
  });

  it.each([
    ['run', 'body.steps', 'system', false],
    ['run', 'body.variables.who', 'system', false],
    ['event', 'body.data.mail', 'staff-1', true],
    ['command', 'body.args', 'staff-1', true],
  ])('the log of a %s keeps %s back likewise', (resource, path, actorId, keepsReason) => {
    const entry = copyOf('auditEntry', {
      resource,
      actorId,
      format: 1,
      resourceName: 'Rule',
      changes: [
        { path: 'status', old: 'running', new: 'failed' },
        { path, new: secret },
      ],
      reason: secret,
    });
    const shown = see(watcher, entry).body;
    expect(shown['changes']).toEqual([{ path: 'status', old: 'running', new: 'failed' }, { path }]);
    expect(shown['reason']).toBe(keepsReason ? secret : '');
    expect(see(withRole('admin'), entry)).toBe(entry);
  });

  it('data given with an order are for who gave it, and who sees everything', () => {
    const order = copyOf('command', { type: 'editEvent', args: { eventId: 'e1', data: { mail: secret } } });
    const kept = { ...order.body, args: { eventId: 'e1', data: {} } };
    expect(see(watcher, order)).toEqual({ ...order, body: kept });
    expect(see(withRole('admin'), order)).toBe(order);
    const own = { ...order, createdBy: watcher.id };
    expect(see(watcher, own)).toBe(own);
  });

  it('the log of an order shows what only names things, and nothing of the data given with it, before or after', () => {
    const entry = (change: JsonObject) =>
      copyOf('auditEntry', { resource: 'command', actorId: 'staff-1', reason: '', changes: [change] });
    const given = { ruleId: 'r1', data: { mail: secret } };
    const changes: JsonObject[] = [
      { path: 'body.args', old: null, new: given },
      { path: 'body.args', old: given, new: { ruleId: 'r1', data: {} } },
      { path: 'body.args.data', old: given.data, new: {} },
      { path: 'body.args.data.mail', old: secret, new: {} },
    ];
    for (const change of changes) expect(JSON.stringify(see(watcher, entry(change)))).not.toContain(secret);
    const plain = entry({ path: 'body.args', old: null, new: { runIds: ['run-1'] } });
    expect(see(watcher, plain)).toBe(plain);
  });

  it('what is wrong with data given with an order goes with them', () => {
    const args = { eventId: 'e1', data: { mail: secret } };
    const result = { done: 0, problems: [{ id: 'e1', message: `data.mail is ${secret}` }] };
    const order = copyOf('command', { type: 'editEvent', args, result, problem: `data.mail is ${secret}` });
    const shown = see(watcher, order).body;
    expect(shown).toMatchObject({ problem: '', result: { done: 0, problems: [{ id: 'e1', message: '' }] } });
    expect(see(withRole('admin'), order)).toBe(order);
    const log = (path: string, value: JsonObject | string) =>
      copyOf('auditEntry', {
        resource: 'command',
        actorId: 'system',
        reason: secret,
        changes: [{ path, old: path === 'body.result' ? {} : '', new: value }],
      });
    for (const one of [log('body.problem', secret), log('body.result', result), log('body.result.problems', secret)])
      expect(JSON.stringify(see(watcher, one))).not.toContain(secret);
    const counted = see(watcher, log('body.result', { done: 1, problems: [] })).body;
    expect(counted['changes']).toEqual([{ path: 'body.result', old: {}, new: { done: 1, problems: [] } }]);
  });

  it('what a question is about is for who may decide it, and who sees everything', () => {
    const body = { question: 'Send it?', permission: 'approvals.approve', subject: { then: [{ to: secret }] } };
    const asked = copyOf('approval', body);
    const looking = ['approvals.view', 'approvals.view_all'];
    const reader = makePrincipal([makeGrant(looking)]);
    const decider = makePrincipal([makeGrant(['approvals.*'])]);
    expect(see(reader, asked).body).toEqual({ ...body, subject: {} });
    for (const person of [decider, withRole('admin')]) expect(see(person, asked)).toBe(asked);
    expect(see(decider, copyOf('approval', { ...body, permission: 'payouts.approve' })).body['subject']).toEqual({});
    // The console asks for it again as soon as they may.
    const grown = makePrincipal([makeGrant([...looking, 'approvals.approve'])]);
    expect(seesMore(reader, grown, 'runs')).toBe(true);
    expect(seesMore(grown, reader, 'runs')).toBe(false);
    const change = { path: 'body.subject', old: null, new: body.subject };
    const entry = copyOf('auditEntry', {
      resource: 'approval',
      actorId: 'system',
      reason: 'Step "Ask"',
      changes: [change],
    });
    const log = makePrincipal([makeGrant(['approvals.*', 'audit.view', 'audit.view_all'])]);
    expect(see(log, entry).body).toMatchObject({ reason: 'Step "Ask"', changes: [{ path: 'body.subject' }] });
    expect(JSON.stringify(see(log, entry))).not.toContain(secret);
    expect(see(withRole('admin'), entry)).toBe(entry);
  });

  it('the log of a run that touched only what its reader sees is whole', () => {
    const steps = [trace('first', { about: about('tenant') })];
    const entry = copyOf('auditEntry', {
      resource: 'run',
      actorId: 'system',
      changes: [{ path: 'body.steps', old: [], new: steps }],
      reason: 'no answer',
    });
    expect(see(watcher, entry)).toBe(entry);
  });
});
