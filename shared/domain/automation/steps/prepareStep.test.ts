import { describe, expect, it } from 'vitest';
import { stepsSchema } from '../../../resources/automation/step.ts';
import type { Scope } from '../scope.ts';
import { prepareStep } from './prepareStep.ts';

const envelope = {
  tenantId: 'tenant-1',
  assignedTo: '',
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'system',
  updatedAt: '2026-01-01T00:00:00.000Z',
  updatedBy: 'system',
  version: 1,
};
const scope: Scope = {
  event: {
    id: 'event-1',
    name: 'invoice.overdue',
    module: 'invoice',
    code: 'overdue',
    tenantId: 'tenant-1',
    entityType: 'invoice',
    entityId: 'invoice-9',
    data: { amount: 12.5, paid: false, lines: [1, 2, 3], name: '<b>Zoë</b>', email: 'zoe@mail.example', empty: '' },
    triggeredBy: 'system',
    source: 'http',
    occurredAt: '2026-03-01T08:00:00.000Z',
    depth: 0,
    chain: [],
  },
  record: { ...envelope, id: 'ticket-1', kind: 'task', status: 'open', assignedTo: 'staff-7', body: { title: 'T' } },
  before: null,
  tenant: { ...envelope, id: 'tenant-1', kind: 'tenant', status: 'ACTIVE', body: { ownerEmail: 'owner@mail.example' } },
  rule: { id: 'rule-1', name: 'Rule', revision: 1 },
  run: { id: 'run-1' },
  steps: { first: { output: { total: 5 } } },
  vars: { base: 2 },
  now: '2026-03-01T09:00:00.000Z',
};

const prepare = async (step: object, more: Partial<Scope> = {}) => {
  const [parsed] = stepsSchema.parse([{ id: 'step', name: 'Step', ...step }]);
  return prepareStep(parsed!, { ...scope, ...more });
};
const prepared = async (step: object, more: Partial<Scope> = {}) => {
  const result = await prepare(step, more);
  return result.ok ? result.value.prepared : result.error;
};
const action = (name: string, settings: object) => ({ type: 'action', action: name, settings });
const mail = (more: object) => ({ type: 'email', to: 'a@b.example', subject: 's', template: 't', ...more });

describe('an e-mail', () => {
  it('splits and checks recipients, each once, and keeps the subject in one line', async () => {
    expect(
      await prepared(
        mail({
          to: '{{ event.data.email }}, Zoë <ZOE@mail.example>; b@mail.example',
          cc: '{{ event.data.empty }}',
          subject: 'Due\n{{ event.data.amount }}',
        }),
      ),
    ).toMatchObject({ to: ['ZOE@mail.example', 'b@mail.example'], cc: [], replyTo: '', subject: 'Due 12.5' });
  });

  it('escapes values in HTML and only there', async () => {
    const template = '<p>{{ event.data.name }}</p>';
    expect(await prepared(mail({ template, format: 'html' }))).toMatchObject({
      body: '<p>&lt;b&gt;Zoë&lt;/b&gt;</p>',
    });
    expect(await prepared(mail({ template }))).toMatchObject({ body: '<p><b>Zoë</b></p>' });
  });

  it('says which recipient is wrong, and that there is none', async () => {
    expect(await prepared(mail({ to: 'a@b.example, {{ event.data.name }}' }))).toEqual({
      path: 'to',
      message: "'<b>Zoë</b>' is not an e-mail address",
      retriable: false,
    });
    expect(await prepared(mail({ to: '{{ event.data.empty }}' }))).toMatchObject({ path: 'to', retriable: false });
  });

  it('reports unknown variables and fails on a template that cannot be parsed (V2)', async () => {
    expect(await prepare(mail({ template: '{{ event.data.nobody }}{{ vars.none }}' }))).toMatchObject({
      value: { unknownVariables: ['event.data.nobody', 'vars.none'] },
    });
    expect(await prepare(mail({ template: '{% if %}' }))).toMatchObject({ ok: false, error: { path: 'template' } });
  });
});

describe('an action', () => {
  it('keeps the type of a value that is one expression, and makes texts of everything else', async () => {
    const changes = async (value: unknown) => {
      const step = await prepared(action('update_field', { field: 'estimate', value }));
      return 'type' in step && step.type === 'changeRecord' ? step.changes : step;
    };
    const path = 'body.estimate';
    expect(await changes('{{ event.data.amount }}')).toEqual([{ path, value: 12.5 }]);
    expect(await changes('{{ event.data.amount | plus: 1 }}')).toEqual([{ path, value: 13.5 }]);
    expect(await changes('{{ event.data.paid }}')).toEqual([{ path, value: false }]);
    expect(await changes('{{ event.data.lines }}')).toEqual([{ path, value: [1, 2, 3] }]);
    expect(await changes(' {{- event.data.email -}} ')).toEqual([{ path, value: 'zoe@mail.example' }]);
    expect(await changes('{{ event.data.amount }} EUR')).toEqual([{ path, value: '12.5 EUR' }]);
    expect(await changes('{{ event.data.amount }}{{ vars.base }}')).toEqual([{ path, value: '12.52' }]);
    expect(await changes('{{ event.data.nobody }}')).toEqual([{ path, value: '' }]);
    expect(await changes({ deep: ['{{ vars.base }}', true] })).toEqual([{ path, value: { deep: [2, true] } }]);
  });

  it('is about the event’s record, or the one it names', async () => {
    expect(await prepared(action('update_status', { status: 'done', reason: 'Paid' }))).toEqual({
      type: 'changeRecord',
      kind: 'task',
      id: 'ticket-1',
      changes: [{ path: 'status', value: 'done' }],
      reason: 'Paid',
    });
    const other = { kind: 'tenant', id: '{{ tenant.id }}', status: 'SUSPENDED' };
    expect(await prepared(action('update_status', other))).toMatchObject({ kind: 'tenant', id: 'tenant-1' });
    expect(await prepared(action('update_status', { status: 'done' }), { record: null })).toMatchObject({
      path: 'settings',
      retriable: false,
    });
    expect(await prepared(action('update_field', { field: 'status', value: 'x' }))).toMatchObject({
      path: 'settings.field',
    });
    expect(await prepared(action('update_field', { field: 'a' }))).toMatchObject({ path: 'settings.value' });
  });

  it('tags, assigns, enrols, emits and makes tasks', async () => {
    expect(await prepared(action('add_tag', { tags: ['{{ event.code }}', 'late'], tag: 'late' }))).toMatchObject({
      type: 'tagRecord',
      field: 'tags',
      add: ['late', 'overdue'],
      remove: [],
    });
    expect(await prepared(action('remove_tag', { tag: 'late' }))).toMatchObject({ add: [], remove: ['late'] });
    expect(await prepared(action('assign_user', { strategy: 'round_robin', role: 'support' }))).toMatchObject({
      type: 'assignRecord',
      choose: { by: 'round_robin', role: 'support' },
    });
    expect(
      await prepared(action('assign_user', { strategy: 'fixed', staffId: '{{ event.data.empty }}' })),
    ).toMatchObject({
      path: 'settings.staffId',
    });
    expect(await prepared(action('enrol_user', { userId: 'u-1', courseId: 'c-1' }))).toMatchObject({
      type: 'emitEvent',
      module: 'lms',
      code: 'student.enrolled',
      tenantId: 'tenant-1',
      data: { userId: 'u-1', courseId: 'c-1' },
    });
    expect(
      await prepared(action('emit_event', { event: 'crm.match.created', data: { score: '{{ event.data.amount }}' } })),
    ).toMatchObject({ module: 'crm', code: 'match.created', entityType: 'invoice', data: { score: 12.5 } });
    expect(
      await prepared(action('create_task', { title: 'Call {{ event.data.email }}', dueInDays: 2, role: 'support' })),
    ).toEqual({
      type: 'createRecord',
      kind: 'task',
      tenantId: 'tenant-1',
      assignedTo: '',
      assign: { by: 'least_loaded', role: 'support' },
      body: {
        title: 'Call zoe@mail.example',
        description: '',
        dueAt: '2026-03-03T09:00:00.000Z',
        priority: 'normal',
        relatedKind: 'task',
        relatedId: 'ticket-1',
      },
    });
    expect(await prepared(action('create_task', { title: 'A', priority: 'soon' }))).toMatchObject({
      path: 'settings.priority',
    });
    expect(
      await prepared(
        action('create_entity', { kind: 'task', fields: { title: '{{ event.code }}', count: '{{ vars.base }}' } }),
      ),
    ).toMatchObject({ type: 'createRecord', tenantId: 'tenant-1', body: { title: 'overdue', count: 2 } });
  });
});

describe('other steps', () => {
  it('find out when to wait and to meet', async () => {
    const wait = (until: object) => prepared({ type: 'wait', until });
    expect(await wait({ for: 'duration', minutes: 30 })).toEqual({
      type: 'waitUntil',
      until: '2026-03-01T09:30:00.000Z',
    });
    expect(await wait({ for: 'date', at: '2026-03-02T10:00+02:00' })).toEqual({
      type: 'waitUntil',
      until: '2026-03-02T08:00:00.000Z',
    });
    expect(await wait({ for: 'date', at: '{{ event.data.empty }}' })).toMatchObject({ path: 'until.at' });
    expect(await wait({ for: 'event', pattern: 'invoice.paid', timeoutMinutes: 60 })).toEqual({
      type: 'waitForEvent',
      pattern: 'invoice.paid',
      until: '2026-03-01T10:00:00.000Z',
      about: 'tenant',
    });
    const meeting = { type: 'meeting', title: 'M', attendees: '{{ tenant.ownerEmail }}', durationMinutes: 30 };
    expect(await prepared({ ...meeting, startsAt: '2026-03-05' })).toMatchObject({
      attendees: ['owner@mail.example'],
      startsAt: '2026-03-05T00:00:00.000Z',
    });
    expect(await prepared({ ...meeting, startsAt: 'soon' })).toMatchObject({ path: 'startsAt' });
  });

  it('call only addresses of the web, with headers that are headers', async () => {
    const hook = {
      type: 'webhook',
      method: 'POST',
      url: 'https://x.example/{{ event.code }}',
      body: '{{ event.data.lines | json }}',
    };
    expect(await prepared({ ...hook, headers: { 'x-id': 'a\r\nb: {{ event.id }}' }, secret: 'main' })).toEqual({
      type: 'webhook',
      method: 'POST',
      url: 'https://x.example/overdue',
      headers: { 'x-id': 'a b: event-1' },
      body: '[1,2,3]',
      secret: 'main',
    });
    expect(await prepared({ ...hook, url: 'file:///etc/passwd' })).toMatchObject({ path: 'url' });
    expect(await prepared({ ...hook, headers: { 'bad name': '' } })).toMatchObject({ path: 'headers.bad name' });
  });

  it('tell roles, persons and whoever looks after the record', async () => {
    const note = (to: string) => ({ type: 'notification', to, subject: 's', message: '{{ event.code }}' });
    expect(await prepared(note('assignee, role:support, staff:s-1, staff:staff-7'))).toMatchObject({
      to: ['staff:staff-7', 'role:support', 'staff:s-1'],
      message: 'overdue',
    });
    expect(await prepared(note('assignee'), { record: null })).toMatchObject({ path: 'to' });
    expect(await prepared(note('everybody'))).toMatchObject({ path: 'to' });
  });

  it('take a branch, repeat over a list up to the cap, and compute variables one after the other', async () => {
    const compare = (value: number) => ({
      type: 'condition',
      conditions: {
        type: 'group',
        match: 'and',
        conditions: [{ type: 'comparison', field: 'event.data.amount', operator: 'greater_than', value }],
      },
      then: [],
      otherwise: [],
    });
    expect(await prepared(compare(10))).toMatchObject({ branch: 'then', explanation: { actual: 12.5 } });
    expect(await prepared(compare(20))).toMatchObject({ branch: 'otherwise', explanation: { holds: false } });
    const loop = (over: string) => ({ type: 'loop', over, cap: 2, steps: [] });
    expect(await prepared(loop('event.data.lines'))).toEqual({ type: 'repeat', items: [1, 2], leftOut: 1 });
    expect(await prepared(loop('event.data.nobody'))).toEqual({ type: 'repeat', items: [], leftOut: 0 });
    expect(await prepared(loop('event.data.amount'))).toEqual({ type: 'repeat', items: [12.5], leftOut: 0 });
    const variables = { total: 'steps.first.output.total * vars.base', double: 'vars.total * 2' };
    expect(await prepared({ type: 'transform', variables })).toEqual({
      type: 'setVariables',
      variables: { total: 10, double: 20 },
    });
    expect(await prepared({ type: 'transform', variables: { wrong: '1 +' } })).toMatchObject({
      path: 'variables.wrong',
      retriable: false,
    });
  });

  it('ask people and models, and start jobs with settings of the right types', async () => {
    expect(
      await prepared({ type: 'approval', permission: 'a.b', question: 'Pay {{ event.data.amount }}?' }),
    ).toMatchObject({
      question: 'Pay 12.5?',
      onReject: 'stop',
    });
    const decision = { type: 'aiDecision', question: 'Which?', timeoutSeconds: 5, fallback: [] };
    expect(await prepared({ ...decision, options: [{ id: 'a', label: 'A', steps: [] }] })).toMatchObject({
      type: 'askModel',
      options: [{ id: 'a', label: 'A' }],
    });
    const settings = { days: '{{ vars.base }}' };
    expect(await prepared({ type: 'runJob', job: 'tidy', settings })).toMatchObject({ settings: { days: 2 } });
    expect(await prepared({ type: 'pluginAction', plugin: 'p', action: 'a', settings })).toMatchObject({
      settings: { days: 2 },
    });
  });
});
