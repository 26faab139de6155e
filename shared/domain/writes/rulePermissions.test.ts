import { expect, it } from 'vitest';
import * as z from 'zod';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { rule } from '#shared/resources/automation/rule.ts';
import { makeGrant, makePrincipal } from '#tests/support/sampleResource.ts';
import { systemRoles } from '../access/systemRoles.ts';
import { ruleTemplates } from '../automation/catalogue/ruleTemplates.ts';
import { decideWrite } from './decideWrite.ts';
import { dangerousUse } from './neededPermissions.ts';
import { permissionsOfRule, refusalOfSteps } from './rulePermissions.ts';

const action = (name: string, settings: JsonObject) => ({
  id: 's1',
  name: 'Do',
  type: 'action',
  action: name,
  settings,
});
const bodyOf = (trigger: JsonObject, ...steps: JsonObject[]) =>
  rule.body.parse({ name: 'R', isActive: true, trigger, steps });
const event = (pattern: string) => ({ type: 'event', pattern });
const needs = (trigger: JsonObject, ...steps: JsonObject[]) => permissionsOfRule(bodyOf(trigger, ...steps)).toSorted();

it('a step needs what its change would need of a person', () => {
  const move = action('update_status', { status: 'processing' });
  const turn = action('update_field', { kind: 'flag', id: 'f1', field: 'enabled', value: true });
  expect(needs(event('referral.payout.requested'), move)).toEqual(['payouts.approve']);
  expect(needs({ type: 'record', kind: 'payout', on: 'create' }, move)).toEqual(['payouts.approve']);
  const when = { type: 'group', match: 'and', conditions: [] };
  const inside = { id: 'c1', name: 'If', type: 'condition', conditions: when, then: [], otherwise: [turn] };
  expect(needs({ type: 'manual' }, turn)).toEqual(['flags.edit']);
  expect(needs({ type: 'manual' }, inside)).toEqual(['flags.edit']);
  expect(needs(event('order.paid'), action('create_task', { title: 'Call' }))).toEqual(['tasks.create']);
  expect(needs(event('order.paid'), action('create_entity', { kind: 'payout', fields: {} }))).toEqual([
    'payouts.create',
  ]);
});

it('of a record whose kind nobody knows, what every kind with such a field or status needs is needed', () => {
  const sent = event('crm.customer.created');
  expect(needs(sent, action('update_field', { field: 'role', value: 'owner' }))).toEqual(['members.edit']);
  expect(needs(sent, action('update_status', { status: 'SUSPENDED' }))).toEqual(['tenants.edit']);
  expect(needs(sent, action('update_field', { field: 'enabled', value: false }))).toEqual(['flags.edit']);
  expect(needs(sent, action('update_status', { status: 'nowhere' }))).toEqual([]);
  const assign = action('assign_user', { strategy: 'fixed', staffId: 's1' });
  expect(needs(sent, assign)).toEqual(expect.arrayContaining(['members.edit', 'payouts.edit', 'tenants.edit']));
  const body = bodyOf(sent, action('update_field', { field: 'role', value: 'owner' }));
  const author = makePrincipal([makeGrant(['automation.*'])]);
  expect(refusalOfSteps(author, '', body, { proved: true, ruleTenantId: '' })).toEqual({
    because: 'missing',
    permission: 'members.edit',
  });
});

it('a pattern with a star takes events about records of any kind', () => {
  const suspend = action('update_status', { status: 'SUSPENDED' });
  expect(needs(event('user.created'), suspend)).toEqual([]);
  expect(needs(event('user.*'), suspend)).toEqual(['tenants.edit']);
  expect(needs(event('record.task.*'), suspend)).toEqual(['tenants.edit']);
});

it('rules that ship are switched on by who looks after operations', () => {
  const role = systemRoles.find(({ key }) => key === 'operations');
  const principal = makePrincipal([makeGrant([...(role?.permissions ?? [])])]);
  for (const template of ruleTemplates)
    expect(refusalOfSteps(principal, '', template, { proved: true, ruleTenantId: '' })).toBeUndefined();
});

it('an active rule is saved only by who may do what it does; switched off, or with another name, by any author', () => {
  const at = '2026-11-21T12:00:00.000Z';
  const made = { createdAt: at, createdBy: 'me', updatedAt: at, updatedBy: 'me', version: 1 };
  const body = bodyOf(event('referral.payout.requested'), action('update_status', { status: 'processing' }));
  const doc = {
    id: 'r1',
    kind: 'rule',
    tenantId: '',
    status: '',
    assignedTo: '',
    ...made,
    body: z.record(z.string(), z.json()).parse(body),
  };
  const author = makePrincipal([makeGrant(['automation.*'])], { id: 'me' });
  const payer = makePrincipal([makeGrant(['automation.*', 'payouts.*'])], { id: 'me' });
  const save = (by: typeof author, changes: JsonObject, stored?: RecordEnvelope) =>
    decideWrite({ resource: rule, stored, doc: { ...doc, body: { ...doc.body, ...changes } }, principal: by });
  expect(save(author, {})).toMatchObject({
    ok: false,
    error: { code: 'forbidden', details: { permission: 'payouts.approve' } },
  });
  expect(save(author, { isActive: false }).ok).toBe(true);
  expect(save(payer, {}).ok).toBe(true);
  expect(save(author, { name: 'Renamed' }, doc).ok).toBe(true);
  expect(save(author, { isActive: true }, { ...doc, body: { ...doc.body, isActive: false } }).ok).toBe(false);
});

it('whoever has steps run holds what they use, and has proved who they are for what is dangerous', () => {
  const body = bodyOf({ type: 'manual' }, action('update_status', { kind: 'payout', id: 'p1', status: 'processing' }));
  const author = makePrincipal([makeGrant(['automation.*'])]);
  const payer = makePrincipal([makeGrant(['automation.*', 'payouts.*'])]);
  const asked = (by: typeof author, proved: boolean) => refusalOfSteps(by, 't1', body, { proved, ruleTenantId: '' });
  expect(asked(author, true)).toEqual({ because: 'missing', permission: 'payouts.approve' });
  expect(asked(payer, false)).toEqual({ because: 'unproved', permission: 'payouts.approve' });
  expect(asked(payer, true)).toBeUndefined();
  const task = bodyOf({ type: 'manual' }, action('create_task', { title: 'Call' }));
  const worker = makePrincipal([makeGrant(['tasks.create'])]);
  expect(refusalOfSteps(worker, 't1', task, { proved: false, ruleTenantId: '' })).toBeUndefined();
});

it('steps of the platform that may write in other tenants ask for the permission in all', () => {
  const operator = makePrincipal([makeGrant(['members.*', 'tenants.*'], { tenants: ['t1'] })]);
  const asked = (ruleTenantId: string, ...steps: JsonObject[]) =>
    refusalOfSteps(operator, 't1', bodyOf({ type: 'manual' }, ...steps), {
      proved: true,
      kind: 'member',
      ruleTenantId,
    });
  const write = (settings: JsonObject) =>
    action('update_field', { kind: 'member', field: 'role', value: 'owner', ...settings });
  const add = (settings: JsonObject) => ({
    ...action('create_entity', { kind: 'member', fields: {}, ...settings }),
    id: 's2',
  });
  const missing = (permission: string) => ({ because: 'missing', permission });
  for (const id of ['m2', '{{ event.entityId }}', '{{ record.id }}{{ vars.id }}', '{{ vars.id }}'])
    expect(asked('', write({ id }))).toEqual(missing('members.edit'));
  expect(asked('', add({ tenantId: 't2' }))).toEqual(missing('members.create'));
  expect(asked('', write({}), add({}))).toBeUndefined();
  expect(asked('', write({ id: '{{ record.id }}' }), add({ tenantId: '{{ event.tenantId }}' }))).toBeUndefined();
  // A tenant's rule reaches its own records only.
  expect(asked('t1', write({ id: 'm2' }), add({ tenantId: 't2' }))).toBeUndefined();
});

it('a rule that does something dangerous is switched on, or changed while it is, only with the proof', () => {
  const made = { createdAt: '', createdBy: 'me', updatedAt: '', updatedBy: 'me', version: 1 };
  const ruleOf = (body: object) => {
    const steps = bodyOf(
      { type: 'manual' },
      action('update_status', { kind: 'payout', id: 'p1', status: 'processing' }),
    );
    const all = { ...steps, ...body } as unknown as JsonObject;
    return { id: 'r1', kind: 'rule', tenantId: '', status: '', assignedTo: '', ...made, body: all };
  };
  const [on, off] = [ruleOf({}), ruleOf({ isActive: false })];
  expect(dangerousUse(rule, undefined, on)).toBe('payouts.approve');
  expect(dangerousUse(rule, off, on)).toBe('payouts.approve');
  expect(dangerousUse(rule, on, ruleOf({ trigger: { type: 'webhook' } }))).toBe('payouts.approve');
  for (const [before, after] of [
    [undefined, off],
    [on, off],
    [on, ruleOf({ name: 'Renamed' })],
    [off, ruleOf({ steps: [] })],
  ] as const)
    expect(dangerousUse(rule, before, after)).toBeUndefined();
});
