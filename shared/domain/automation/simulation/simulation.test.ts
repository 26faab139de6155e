import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../kernel/canonicalJson.ts';
import type { RecordEnvelope } from '../../../records/envelope.ts';
import { rule } from '../../../resources/automation/rule.ts';
import { ruleTest } from '../../../resources/automation/ruleTest.ts';
import { tenant } from '../../../resources/tenants/tenant.ts';
import { contentOfTemplate, ruleTemplates } from '../catalogue/ruleTemplates.ts';
import { startRun } from '../run/advance.ts';
import { compileRule } from '../rules/decideRule.ts';
import { subjectOf } from '../rules/subjectOf.ts';
import type { EventFacts } from '../scope.ts';
import { approvalSubject } from './approvalSubject.ts';
import { runRuleTest } from './runRuleTest.ts';
import { simulateEvent } from './simulateRule.ts';

const now = Date.UTC(2026, 2, 1, 9);
const makeEvent = (name: string, data: EventFacts['data'] = {}, more: Partial<EventFacts> = {}): EventFacts => ({
  id: 'event-1',
  name,
  module: name.split('.')[0] ?? '',
  code: name.split('.').slice(1).join('.'),
  tenantId: 'tenant-1',
  entityType: '',
  entityId: '',
  data,
  triggeredBy: 'system',
  source: 'http',
  occurredAt: new Date(now).toISOString(),
  depth: 0,
  chain: [],
  ...more,
});
const customer: RecordEnvelope = Object.freeze({
  id: 'tenant-1',
  kind: 'tenant',
  tenantId: 'tenant-1',
  status: 'ACTIVE',
  assignedTo: 'staff-1',
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'system',
  updatedAt: '2026-01-01T00:00:00.000Z',
  updatedBy: 'system',
  version: 1,
  body: JSON.parse(
    JSON.stringify(tenant.body.parse({ name: 'Acme', slug: 'acme', ownerEmail: 'owner@acme.example', tags: ['old'] })),
  ),
});
const stored = new Map([[customer.id, customer]]);
/** Everything but reading fails: what a simulation must never do. */
const lookups = new Proxy(
  { record: async (kind: string, id: string) => (kind === 'tenant' ? stored.get(id) : undefined) },
  {
    get: (target, name) => {
      if (name === 'record') return target.record;
      throw new Error(`a simulation reached for '${String(name)}'`);
    },
    set: () => {
      throw new Error('a simulation changed its lookups');
    },
  },
);
const compile = (body: object, id = 'rule-1') =>
  compileRule({ id, tenantId: '', body: rule.body.parse({ name: 'Rule', isActive: true, ...body }) });
const template = (key: string) => {
  const found = ruleTemplates.find((one) => one.key === key);
  return compile(contentOfTemplate(found!, 'en'));
};
const simulate = (held: ReturnType<typeof compile>, event: EventFacts, assumptions = {}) =>
  simulateEvent(
    held,
    subjectOf(event, (id) => stored.get(id)),
    { now, lookups, assumptions },
  );
const action = (id: string, name: string, settings: object) => ({
  id,
  name: id,
  type: 'action',
  action: name,
  settings,
});
const note = (id: string, message: string) => ({
  id,
  name: id,
  type: 'notification',
  to: 'role:support',
  subject: 's',
  message,
});

describe('the simulation of an event (M1)', () => {
  const failed = makeEvent('payment.failed', { attempts: 3, reason: 'card_declined' });

  it('walks to the end with what people would answer assumed and said', async () => {
    const found = await simulate(template('suspend_tenant'), failed);
    expect(found).toMatchObject({ decision: { decision: 'run' }, status: 'success', error: '' });
    expect(found.steps.map((step) => [step.stepId, step.assumed, step.fault])).toEqual([
      ['warn', 'succeeded', null],
      ['ask', 'approved', null],
      ['suspend', undefined, null],
      ['explain', 'succeeded', null],
    ]);
    expect(found.steps[1]?.prepared).toMatchObject({ question: 'Suspend Acme after 3 refused payments?' });
    expect(found.steps[2]?.prepared).toMatchObject({ changes: [{ path: 'status', value: 'SUSPENDED' }] });
  });

  it('does nothing: what is stored is as it was', async () => {
    const before = canonicalJson([...stored]);
    await simulate(template('suspend_tenant'), failed);
    expect(canonicalJson([...stored])).toBe(before);
  });

  it('follows other answers when they are assumed', async () => {
    const rejected = await simulate(template('suspend_tenant'), failed, { approvals: { ask: 'rejected' } });
    expect([rejected.status, rejected.steps.length]).toEqual(['cancelled', 2]);
    const overdue = makeEvent('invoice.overdue', { invoiceId: 'i-1', amountMinor: 1, currency: 'EUR', daysLate: 3 });
    const ids = async (assumptions: object) =>
      (await simulate(template('invoice_follow_up'), overdue, assumptions)).steps.map((step) => step.stepId);
    expect(await ids({})).toEqual(['first', 'payment', 'unpaid', 'call']);
    expect(await ids({ events: { payment: { invoiceId: 'i-1' } } })).toEqual(['first', 'payment', 'unpaid']);
    expect(await ids({ failures: ['first'] })).toEqual(['first']);
  });

  it('lets time pass at once and shows when each step would run', async () => {
    const activated = makeEvent('tenant.activated', { from: 'PROVISIONING' });
    const rich = { ...customer, body: { ...customer.body, plan: 'enterprise' } };
    const found = await simulateEvent(
      template('client_onboarding'),
      subjectOf(activated, () => rich),
      { now, lookups },
    );
    expect(found.steps.find((step) => step.stepId === 'kickoff')?.prepared).toMatchObject({
      startsAt: '2026-03-03T09:00:00.000Z',
      attendees: ['owner@acme.example'],
    });
    expect(found.steps.at(-1)?.at).toBe('2026-03-08T09:00:00.000Z');
    expect(found.endsAt).toBe('2026-03-08T09:00:00.000Z');
  });

  it('shows later steps what earlier ones changed, and refuses what the server would', async () => {
    const about = { kind: 'tenant', id: 'tenant-1' };
    const held = compile({
      trigger: { type: 'event', pattern: 'payment.failed' },
      steps: [
        action('tag', 'add_tag', { ...about, tag: 'late' }),
        action('plan', 'update_field', { ...about, field: 'plan', value: 'starter' }),
        note('tell', '{{ tenant.plan }} {{ tenant.tags | join: "," }} {{ vars.none }}'),
        action('back', 'update_status', { ...about, status: 'CREATED' }),
      ],
    });
    const found = await simulate(held, failed);
    expect(found.steps[2]).toMatchObject({
      prepared: { message: 'starter old,late ' },
      unknownVariables: ['vars.none'],
    });
    expect(found.steps[3]).toMatchObject({ status: 'failed' });
    expect([found.status, found.error]).toEqual(['failed', expect.stringContaining('ACTIVE cannot become CREATED')]);
    const wrong = compile({
      trigger: { type: 'event', pattern: 'payment.failed' },
      steps: [action('make', 'create_entity', { kind: 'task', fields: { title: '' } })],
    });
    expect((await simulate(wrong, failed)).error).toContain('title');
  });

  it('names the condition that stands in the way', async () => {
    const found = await simulate(template('suspend_tenant'), makeEvent('payment.failed', { attempts: 2 }));
    expect(found).toMatchObject({
      decision: { because: 'conditions', decidedBy: { field: 'event.data.attempts', actual: 2, expected: 3 } },
      steps: [],
      status: undefined,
    });
  });
});

describe('what an approval is about', () => {
  const steps = template('suspend_tenant').body.steps.slice(1);
  const base = (data: EventFacts['data']) => ({
    ...subjectOf(makeEvent('payment.failed', data), (id) => stored.get(id)),
    rule: { id: 'rule-1', name: 'Rule', revision: 1 },
    run: { id: 'run-1' },
  });
  const subject = (data: EventFacts['data'], at = now) => approvalSubject(steps, startRun(), base(data), at);

  it('is the question and what follows a yes, up to the next pause (A1)', async () => {
    const found = await subject({ attempts: 3, reason: 'card_declined' });
    expect(found).toMatchObject({
      question: 'Suspend Acme after 3 refused payments?',
      permission: 'tenants.edit',
      steps: [
        { id: 'suspend', request: { type: 'changeRecord', reason: 'Repeated payment failure: card_declined' } },
        { id: 'explain', request: { type: 'email', to: ['owner@acme.example'] } },
      ],
      more: false,
    });
  });

  it('is the same when nothing changed and another when something did (A1)', async () => {
    const [first, again, other] = await Promise.all([
      subject({ attempts: 3, reason: 'a' }),
      subject({ attempts: 3, reason: 'a' }),
      subject({ attempts: 3, reason: 'b' }),
    ]);
    expect(canonicalJson(again)).toBe(canonicalJson(first));
    expect(canonicalJson(other)).not.toBe(canonicalJson(first));
  });
});

describe('a saved test', () => {
  const run = (test: object, held = template('lead_priority')) =>
    runRuleTest(held, ruleTest.body.parse({ ruleId: 'rule-1', name: 'Test', ...test }), { now, lookups });
  const event = (score: number) => ({
    module: 'crm',
    code: 'customer.created',
    data: { customerId: 'c', name: 'Noé', email: 'noe@mail.example', score },
  });

  it('passes when the rule does what is expected', async () => {
    const expected = {
      matches: true,
      steps: ['rank', 'task', 'tell'],
      renders: [{ stepId: 'task', contains: 'urgent' }],
    };
    expect(await run({ event: event(95), expected })).toMatchObject({ passed: true, differences: [] });
    expect((await run({ event: event(10), expected: { matches: false } })).passed).toBe(true);
  });

  it('says what differs', async () => {
    const expected = { matches: true, steps: ['rank'], renders: [{ stepId: 'task', contains: 'urgent' }] };
    expect((await run({ event: event(85), expected })).differences).toMatchObject([
      { what: 'steps', found: ['rank', 'task', 'tell'] },
      { what: 'renders', stepId: 'task', expected: 'urgent', found: expect.stringContaining('high') },
    ]);
    expect((await run({ event: event(10), expected })).differences).toEqual([
      { what: 'matches', expected: true, found: false },
    ]);
  });

  it('can be of a schedule, or of a record that changed', async () => {
    const schedule = compile({
      trigger: { type: 'schedule', cron: '0 7 * * *', timeZone: 'UTC' },
      steps: [note('a', '')],
    });
    const due = { module: 'schedule', code: 'due', data: {} };
    expect((await run({ event: due, expected: { matches: true, steps: ['a'] } }, schedule)).passed).toBe(true);
    const raised = compile({
      trigger: { type: 'field_change', kind: 'tenant', field: 'plan' },
      conditions: {
        type: 'group',
        match: 'and',
        conditions: [{ type: 'comparison', field: 'record.plan', operator: 'changed_from', value: 'starter' }],
      },
      steps: [note('a', '')],
    });
    const changed = (old: string) => ({
      event: { module: 'record', code: 'tenant.updated', data: { changes: [{ path: 'body.plan', old, new: 'free' }] } },
      record: customer,
    });
    expect((await run({ ...changed('starter'), expected: { matches: true } }, raised)).passed).toBe(true);
    expect((await run({ ...changed('enterprise'), expected: { matches: false } }, raised)).passed).toBe(true);
  });

  it('is run for a rule that is switched off, too', async () => {
    const off = compile({ ...template('lead_priority').body, isActive: false });
    expect((await run({ event: event(95), expected: { matches: true } }, off)).passed).toBe(true);
  });
});
