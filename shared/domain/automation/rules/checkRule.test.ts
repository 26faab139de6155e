import { describe, expect, it } from 'vitest';
import type { EventType } from '../../../resources/automation/eventType.ts';
import { rule } from '../../../resources/automation/rule.ts';
import { resources } from '../../../resources/registry.ts';
import { catalogueBodies } from '../catalogue/catalogueRecords.ts';
import { checkRule } from './checkRule.ts';
import type { RuleKnowledge } from './checkRule.ts';

const eventTypes: EventType[] = catalogueBodies().map((body, index) => ({
  id: `type-${index}`,
  kind: 'eventType',
  tenantId: '',
  status: '',
  assignedTo: '',
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'system',
  updatedAt: '2026-01-01T00:00:00.000Z',
  updatedBy: 'system',
  version: 1,
  body: body.code === 'sent' && body.module === 'contract' ? { ...body, isActive: false } : body,
}));
const note = (message: string, more: object = {}) => ({
  id: 'note',
  name: 'Note',
  type: 'notification',
  to: 'role:support',
  subject: 's',
  message,
  ...more,
});
const onEvent = (pattern: string) => ({ type: 'event', pattern });
const makeRule = (body: object, more: { id?: string; tenantId?: string } = {}) => ({
  id: more.id ?? 'rule-1',
  tenantId: more.tenantId ?? '',
  body: rule.body.parse({
    name: more.id ?? 'Rule',
    isActive: true,
    trigger: onEvent('payment.failed'),
    steps: [note('')],
    ...body,
  }),
});
const check = (body: object, knowledge: Partial<RuleKnowledge> = {}) =>
  checkRule(makeRule(body), { eventTypes, resources, ...knowledge }).map(
    (problem) => `${problem.severity} ${problem.code} ${problem.path}`,
  );
const compare = (field: string, operator: string, value?: unknown) => ({ type: 'comparison', field, operator, value });
const all = (...conditions: object[]) => ({ conditions: { type: 'group', match: 'and', conditions } });
const action = (name: string, settings: object, id = 'act') => ({
  id,
  name: id,
  type: 'action',
  action: name,
  settings,
});
const stepsOf = (...steps: object[]) => ({ steps });

describe('a trigger', () => {
  it('must name what there is', () => {
    expect(check({})).toEqual([]);
    expect(check({ trigger: onEvent('payment.*.') })).toEqual(['error bad_pattern trigger.pattern']);
    expect(check({ trigger: onEvent('payment.lost') })).toEqual(['warning unknown_event_type trigger.pattern']);
    expect(check({ trigger: onEvent('contract.sent') })).toEqual(['warning inactive_event_type trigger.pattern']);
    expect(check({ trigger: onEvent('record.spaceship.created') })).toEqual([
      'warning unknown_event_type trigger.pattern',
    ]);
    expect(check({ trigger: onEvent('record.referral_code.*') })).toEqual([]);
    for (const broad of ['**', '*', '*.*', '*.**'])
      expect(check({ trigger: onEvent(broad) })).toEqual(['warning broad_pattern trigger.pattern']);
    expect(check({ trigger: { type: 'field_change', kind: 'tenant', field: 'colour' } })).toEqual([
      'error unknown_field trigger.field',
    ]);
    expect(check({ trigger: { type: 'field_change', kind: 'tenant', field: 'plan', from: 'a', to: 'a' } })).toEqual([
      'warning never_fires trigger.to',
    ]);
    expect(check({ trigger: { type: 'field_change', kind: 'tenant', field: 'settings.theme' } })).toEqual([]);
    expect(check({ trigger: { type: 'date', kind: 'tenant', field: 'body.name', offsetMinutes: 0 } })).toEqual([
      'error not_a_date_field trigger.field',
    ]);
    expect(check({ trigger: { type: 'record', kind: 'run', on: 'create' } })).toEqual([
      'warning kind_without_events trigger.kind',
    ]);
    expect(check({ trigger: { type: 'schedule', cron: '0 0 30 2 *', timeZone: 'UTC' } })).toEqual([
      'error bad_schedule trigger.cron',
    ]);
  });
});

describe('conditions', () => {
  it('that can never hold together are found, others are not', () => {
    const never = (...conditions: object[]) => check(all(...conditions)).some((one) => one.includes('never_fires'));
    const f = 'event.data.attempts';
    expect(never(compare(f, 'greater_than', 5), compare(f, 'less_than', 5))).toBe(true);
    expect(never(compare(f, 'greater_or_equal', 5), compare(f, 'less_or_equal', 5))).toBe(false);
    expect(never(compare(f, 'equals', 1), compare(f, 'equals', 2))).toBe(true);
    expect(never(compare(f, 'equals', 1), compare(f, 'equals', '1'))).toBe(false);
    expect(never(compare(f, 'equals', 1), compare(f, 'greater_than', 3))).toBe(true);
    expect(never(compare(f, 'equals', 9), compare(f, 'between', [1, 5]))).toBe(true);
    expect(never(compare(f, 'equals', 3), compare(f, 'in', [1, 2]))).toBe(true);
    expect(never(compare(f, 'is_empty'), compare(f, 'is_not_empty'))).toBe(true);
    expect(never(compare(f, 'is_empty'), compare(f, 'not_equals', 4))).toBe(false);
    expect(never(compare(f, 'equals', 1), compare('event.data.amountMinor', 'equals', 2))).toBe(false);
    const nested = { type: 'group', match: 'and', conditions: [compare(f, 'less_than', 1)] };
    expect(never(compare(f, 'greater_than', 5), nested)).toBe(true);
    expect(never(compare(f, 'greater_than', 5), { ...nested, match: 'or' })).toBe(false);
  });

  it('name fields that there are, with values that fit', () => {
    expect(check(all(compare('event.data.tries', 'equals', 1)))).toEqual([
      'warning unknown_variable conditions.conditions.0.field',
    ]);
    expect(check(all(compare('tenant.plan', 'equals', 'free'), compare('tenant.body.plan', 'is_not_empty')))).toEqual(
      [],
    );
    expect(check(all(compare('tenant.colour', 'is_empty')))).toEqual([
      'warning unknown_variable conditions.conditions.0.field',
    ]);
    expect(check(all(compare('event.data.attempts', 'greater_than', 'many')))).toEqual([
      'error not_a_number conditions.conditions.0.value',
    ]);
    expect(check(all(compare('event.data.reason', 'matches', '(')))).toEqual([
      'error bad_regular_expression conditions.conditions.0.value',
    ]);
  });
});

describe('steps', () => {
  it('name variables that there are where they stand', () => {
    const unknown = (message: string, ...before: object[]) =>
      check(stepsOf(...before, note(message))).filter((one) => one.includes('unknown_variable')).length;
    expect(unknown('{{ event.data.attempts }} {{ tenant.name }} {{ now | date: "%d" }} {{ rule.name }}')).toBe(0);
    expect(unknown('{{ event.data.tries }} {{ tenant.colour }} {{ nothing }}')).toBe(3);
    expect(unknown('{{ vars.total }} {{ steps.sum.output.total }}')).toBe(2);
    const sum = { id: 'sum', name: 'Sum', type: 'transform', variables: { total: '1' } };
    expect(unknown('{{ vars.total }} {{ steps.sum.output.total }}', sum)).toBe(0);
    expect(unknown('{{ loop.item }}')).toBe(1);
    const loop = {
      id: 'loop',
      name: 'Loop',
      type: 'loop',
      over: 'event.data',
      cap: 5,
      steps: [note('{{ loop.item.x }}', { id: 'in' })],
    };
    expect(check(stepsOf(loop))).toEqual([]);
    expect(unknown('{{ steps.in.output }}', loop)).toBe(0);
    expect(
      check({
        trigger: { type: 'schedule', cron: '0 7 * * *', timeZone: 'UTC' },
        ...stepsOf(note('{{ event.data.x }}')),
      }),
    ).toEqual(['warning unknown_variable steps.0.message']);
  });

  it('have what they need, in the right form', () => {
    const first = (...steps: object[]) => check(stepsOf(...steps))[0];
    const mail = { id: 'mail', name: 'Mail', type: 'email', to: 'a@b.example', subject: 's', template: 't' };
    expect(first(mail)).toBeUndefined();
    expect(first({ ...mail, to: ' ' })).toBe('error missing_value steps.0.to');
    expect(first({ ...mail, to: 'nobody' })).toBe('error bad_email steps.0.to');
    expect(first({ ...mail, subject: '{{ event.id' })).toBe('error bad_template steps.0.subject');
    expect(first(note('', { to: 'everybody' }))).toBe('error bad_recipient steps.0.to');
    const hook = { id: 'hook', name: 'Hook', type: 'webhook', method: 'POST', url: 'ftp://x' };
    expect(first(hook)).toBe('error bad_url steps.0.url');
    expect(first({ ...hook, url: 'https://x.example', headers: { Authorization: 'Bearer abc' } })).toBe(
      'warning secret_in_text steps.0.headers.Authorization',
    );
    expect(first({ id: 'a', name: 'A', type: 'transform', variables: { x: '1 +' } })).toBe(
      'error bad_expression steps.0.variables.x',
    );
    expect(first({ id: 'a', name: 'A', type: 'approval', permission: 'moon.land', question: '?' })).toBe(
      'warning unknown_permission steps.0.permission',
    );
    expect(
      first({ id: 'a', name: 'A', type: 'wait', until: { for: 'event', pattern: 'a.**.b', timeoutMinutes: 5 } }),
    ).toBe('error bad_pattern steps.0.until.pattern');
    const loop = (id: string, steps: object[]) => ({ id, name: id, type: 'loop', over: 'event.data', cap: 200, steps });
    expect(first(loop('a', [loop('b', [note('')])]))).toBe('error too_many_rounds steps.0.steps.0.cap');
    expect(first(note('', { onError: 'branch' }))).toBe('warning no_error_steps steps.0.errorSteps');
    expect(check({ steps: [] })).toEqual(['warning no_steps steps']);
  });

  it('that act fit the records they act on', () => {
    const first = (name: string, settings: object, more: object = {}) =>
      check({
        trigger: { type: 'record', kind: 'task', on: 'create' },
        ...stepsOf(action(name, settings)),
        ...more,
      })[0];
    expect(first('update_status', { status: 'done' })).toBeUndefined();
    expect(first('update_status', { status: 'finished' })).toBe('error unknown_status steps.0.settings.status');
    expect(first('update_field', { field: 'priority', value: 'soon' })).toBe('error bad_value steps.0.settings.value');
    expect(first('update_field', { field: 'colour', value: 1 })).toBe('error unknown_field steps.0.settings.field');
    expect(first('update_field', { kind: 'referral', id: 'x', field: 'commission', value: 1 })).toBe(
      'error server_field steps.0.settings.field',
    );
    expect(first('create_entity', { kind: 'role', fields: {} })).toBe('error closed_kind steps.0.settings.kind');
    expect(first('create_entity', { kind: 'tenant', fields: {} })).toBe('error closed_kind steps.0.settings.kind');
    expect(first('update_status', { kind: 'approval', id: 'x', status: 'approved' })).toBe(
      'error closed_kind steps.0.settings.kind',
    );
    expect(first('create_entity', { kind: 'ship', fields: {} })).toBe('error unknown_kind steps.0.settings.kind');
    expect(first('create_entity', { kind: 'task', fields: {} })).toBe('error missing_field steps.0.settings.fields');
    expect(first('create_entity', { kind: 'task', fields: { title: 'A', colour: 1 } })).toBe(
      'error unknown_field steps.0.settings.fields.colour',
    );
    expect(first('assign_user', { strategy: 'by_chance' })).toBe('error bad_settings steps.0.settings.strategy');
    expect(first('emit_event', { event: 'moon.landed' })).toBe('warning unknown_event_type steps.0.settings.event');
    expect(first('add_tag', {})).toBe('error bad_settings steps.0.settings.tag');
  });
});

describe('rules beside each other', () => {
  it('may set themselves off, at once or through others (D4)', () => {
    const looping = (body: object, ...others: ReturnType<typeof makeRule>[]) =>
      checkRule(makeRule(body), { eventTypes, resources, rules: others }).find((one) => one.code === 'may_loop')
        ?.details;
    const emit = (event: string) => stepsOf(action('emit_event', { event }));
    expect(looping(emit('payment.failed'))).toEqual({ event: 'payment.failed', rules: ['Rule'] });
    expect(looping(emit('payment.succeeded'))).toBeUndefined();
    const second = makeRule({ trigger: onEvent('payment.succeeded'), ...emit('invoice.paid') }, { id: 'second' });
    const third = makeRule({ trigger: onEvent('invoice.*'), ...emit('payment.failed') }, { id: 'third' });
    expect(looping(emit('payment.succeeded'), second, third)).toEqual({
      event: 'payment.failed',
      rules: ['second', 'third', 'Rule'],
    });
    const off = { ...third, body: { ...third.body, isActive: false } };
    expect(looping(emit('payment.succeeded'), second, off)).toBeUndefined();
    const change = (field: string) => ({ trigger: { type: 'field_change', kind: 'task', field } });
    const raise = stepsOf(action('update_field', { field: 'priority', value: 'high' }));
    expect(looping({ ...change('priority'), ...raise })).toMatchObject({ event: 'record.task.updated' });
    expect(looping({ ...change('title'), ...raise })).toBeUndefined();
    expect(looping({ trigger: { type: 'record', kind: 'task', on: 'update' }, ...raise })).toBeDefined();
    const task = stepsOf(action('create_task', { title: 'A' }));
    expect(looping({ trigger: onEvent('crm.task.created'), ...task })).toMatchObject({ event: 'crm.task.created' });
  });

  it('may do what another does already (D4)', () => {
    const shadowed = (body: object, ...others: ReturnType<typeof makeRule>[]) =>
      checkRule(makeRule(body), { eventTypes, resources, rules: others }).find((one) => one.code === 'shadowed')
        ?.details;
    const wide = makeRule(
      { trigger: onEvent('payment.*'), priority: 5, steps: [note('', { id: 'other', name: 'Other' })] },
      { id: 'wide' },
    );
    expect(shadowed({}, wide)).toEqual({ ruleId: 'wide', ruleName: 'wide' });
    expect(shadowed({ trigger: onEvent('payment.**') }, wide)).toBeUndefined();
    expect(shadowed({ priority: 9 }, wide)).toBeUndefined();
    expect(shadowed({ steps: [note('other words')] }, wide)).toBeUndefined();
    expect(shadowed({}, { ...wide, tenantId: 'tenant-1' })).toBeUndefined();
    const narrow = makeRule({ priority: 5, ...all(compare('tenant.plan', 'equals', 'free')) }, { id: 'narrow' });
    expect(shadowed({}, narrow)).toBeUndefined();
    expect(shadowed(all(compare('tenant.plan', 'equals', 'free')), narrow)).toBeDefined();
  });

  it('stop at their limit, which is said', () => {
    expect(check({ executionLimit: 5, executionCount: 5 })).toEqual(['warning limit_reached executionLimit']);
  });
});

describe('what is not known', () => {
  it('is not judged', () => {
    const body = { trigger: onEvent('payment.lost'), ...stepsOf(note('{{ event.data.anything }}')) };
    expect(checkRule(makeRule(body), { resources })).toEqual([]);
  });
});
