import { describe, expect, it } from 'vitest';
import { rule } from '../../../resources/automation/rule.ts';
import type { Rule } from '../../../resources/automation/rule.ts';
import type { EventFacts, Scope } from '../scope.ts';
import { scopeView } from '../scopeView.ts';
import { compileRule, decideRule, explainRule, ruleRuns } from './decideRule.ts';
import { createRuleIndex } from './ruleIndex.ts';
import { ruleStarted, scheduleDue } from './triggerEvents.ts';

const makeRule = (body: object, more: Partial<Pick<Rule, 'id' | 'tenantId'>> = {}) => ({
  id: 'rule-1',
  tenantId: '',
  ...more,
  body: rule.body.parse({ name: 'Rule', isActive: true, ...body }),
});
const makeEvent = (name: string, more: Partial<EventFacts> = {}): EventFacts => ({
  id: 'event-1',
  name,
  module: name.split('.')[0] ?? '',
  code: name.split('.').slice(1).join('.'),
  tenantId: 'tenant-1',
  entityType: '',
  entityId: '',
  data: {},
  triggeredBy: 'system',
  source: 'http',
  occurredAt: '2026-01-01T00:00:00.000Z',
  depth: 0,
  chain: [],
  ...more,
});
const viewOf = (event: EventFacts) => {
  const scope: Scope = {
    event,
    record: null,
    before: null,
    tenant: null,
    rule: { id: '', name: '', revision: 0 },
    run: { id: '' },
    steps: {},
    vars: {},
    now: event.occurredAt,
  };
  return scopeView(scope);
};
const decide = (held: ReturnType<typeof makeRule>, event: EventFacts) => {
  const compiled = compileRule(held);
  const decision = decideRule(compiled, event, viewOf(event));
  expect(explainRule(compiled, event, viewOf(event)).decision).toEqual(decision);
  expect(ruleRuns(compiled, event, viewOf(event))).toBe(decision.decision === 'run');
  return decision;
};
const onEvent = (pattern: string) => ({ trigger: { type: 'event', pattern } });
const atLeastThree = {
  type: 'group',
  match: 'and',
  conditions: [{ type: 'comparison', field: 'event.data.attempts', operator: 'greater_or_equal', value: 3 }],
};

describe('whether a rule runs (D1)', () => {
  it('says in turn what stands in the way: pause, tenant, trigger, conditions', () => {
    const event = makeEvent('payment.failed', { data: { attempts: 2 } });
    expect(decide(makeRule({ ...onEvent('payment.*'), isActive: false }), event)).toEqual({
      decision: 'not',
      because: 'inactive',
    });
    expect(decide(makeRule(onEvent('payment.*'), { tenantId: 'tenant-2' }), event)).toMatchObject({
      because: 'tenant',
    });
    expect(decide(makeRule(onEvent('invoice.*')), event)).toMatchObject({ because: 'trigger', pattern: 'invoice.*' });
    expect(decide(makeRule({ ...onEvent('payment.*'), conditions: atLeastThree }), event)).toMatchObject({
      because: 'conditions',
      decidedBy: { field: 'event.data.attempts', actual: 2, expected: 3, holds: false },
    });
    const enough = makeEvent('payment.failed', { data: { attempts: 3 } });
    expect(decide(makeRule({ ...onEvent('payment.*'), conditions: atLeastThree }), enough)).toMatchObject({
      decision: 'run',
      decidedBy: { actual: 3 },
    });
  });

  it('lets a tenant’s rule see its own events, one of the platform all', () => {
    const event = makeEvent('payment.failed');
    expect(decide(makeRule(onEvent('payment.*'), { tenantId: 'tenant-1' }), event).decision).toBe('run');
    expect(decide(makeRule(onEvent('payment.*')), event).decision).toBe('run');
    const platform = makeEvent('payment.failed', { tenantId: '' });
    expect(decide(makeRule(onEvent('payment.*'), { tenantId: 'tenant-1' }), platform)).toMatchObject({
      because: 'tenant',
    });
  });

  it('never runs with a pattern that cannot be read', () => {
    expect(decide(makeRule(onEvent('payment.**.x')), makeEvent('payment.a.x'))).toMatchObject({ because: 'trigger' });
  });

  it('reads triggers on records and fields from what changed', () => {
    const changed = (...changes: { path: string; old: unknown; new: unknown }[]) =>
      makeEvent('record.referral_code.updated', { data: JSON.parse(JSON.stringify({ changes })) });
    const trigger = (more: object) => makeRule({ trigger: { type: 'field_change', kind: 'referralCode', ...more } });
    const event = changed({ path: 'body.maxUses', old: 1, new: 5 });
    expect(decide(makeRule({ trigger: { type: 'record', kind: 'referralCode', on: 'update' } }), event).decision).toBe(
      'run',
    );
    expect(decide(trigger({ field: 'body.maxUses' }), event).decision).toBe('run');
    expect(decide(trigger({ field: 'maxUses', from: 1, to: '5' }), event).decision).toBe('run');
    expect(decide(trigger({ field: 'maxUses', to: 6 }), event)).toEqual({
      decision: 'not',
      because: 'field_change',
      field: 'maxUses',
      found: { path: 'body.maxUses', old: 1, new: 5 },
    });
    expect(decide(trigger({ field: 'code' }), event)).toMatchObject({ because: 'field_change', found: undefined });
    const nested = changed({ path: 'body.utm.source', old: 'a', new: 'b' });
    expect(decide(trigger({ field: 'utm' }), nested).decision).toBe('run');
    const whole = changed({ path: 'body.utm', old: null, new: { source: 'b' } });
    expect(decide(trigger({ field: 'utm.source', from: '', to: 'b' }), whole).decision).toBe('run');
    expect(decide(trigger({ field: 'utm.medium' }), whole)).toMatchObject({ because: 'field_change' });
  });

  it('takes schedules, dates, webhooks and starts only from the event that names it (D2)', () => {
    const schedule = makeRule({ trigger: { type: 'schedule', cron: '0 7 * * *', timeZone: 'Europe/Paris' } });
    const due = (ruleId: string) => {
      const made = scheduleDue({ id: ruleId, tenantId: '' }, '2026-01-01T06:00:00.000Z');
      return makeEvent(`${made.module}.${made.code}`, { ...made });
    };
    expect(decide(schedule, due('rule-1')).decision).toBe('run');
    expect(decide(schedule, due('rule-2'))).toMatchObject({ because: 'trigger' });
    expect(decide(makeRule(onEvent('schedule.*')), due('rule-2'))).toMatchObject({ because: 'trigger' });
    const started = ruleStarted({ id: 'rule-1', tenantId: '' }, {});
    expect(decide(schedule, makeEvent('rule.started', { ...started })).decision).toBe('run');
  });

  it('decides for any revision', () => {
    const record = makeRule(onEvent('payment.*'));
    const other = compileRule(record, { revision: 7, body: { ...record.body, trigger: { type: 'manual' } } });
    const event = makeEvent('payment.failed');
    expect([other.revision, decideRule(other, event, viewOf(event)).decision]).toEqual([7, 'not']);
  });
});

describe('the index of rules', () => {
  const put = (...held: ReturnType<typeof makeRule>[]) => {
    const index = createRuleIndex();
    for (const one of held) index.put(compileRule(one));
    return index;
  };

  it('finds the rules of the platform and the tenant, by priority, then id', () => {
    const index = put(
      makeRule({ ...onEvent('payment.*'), priority: 1 }, { id: 'b' }),
      makeRule({ ...onEvent('**'), priority: 1 }, { id: 'a', tenantId: 'tenant-1' }),
      makeRule({ ...onEvent('payment.failed'), priority: 9 }, { id: 'c', tenantId: 'tenant-1' }),
      makeRule({ ...onEvent('payment.failed'), priority: 99 }, { id: 'd', tenantId: 'tenant-2' }),
      makeRule({ ...onEvent('payment.failed'), isActive: false }, { id: 'e' }),
    );
    const ids = (tenantId: string) => index.candidates('payment.failed', tenantId).map((found) => found.id);
    expect([ids('tenant-1'), ids('tenant-2'), ids('')]).toEqual([['c', 'a', 'b'], ['d', 'b'], ['b']]);
    expect([index.size, index.listens('payment.failed'), index.listens('x.y')]).toEqual([4, true, true]);
    index.remove('a');
    expect(index.listens('x.y')).toBe(false);
    index.put(compileRule(makeRule({ ...onEvent('x.y') }, { id: 'c', tenantId: 'tenant-2' })));
    expect([ids('tenant-1'), ids('tenant-2')]).toEqual([['b'], ['d', 'b']]);
    index.put(compileRule(makeRule({ ...onEvent('x.y'), isActive: false }, { id: 'c' })));
    expect(index.get('c')).toBeUndefined();
  });

  it('gives an event that names a rule to that rule only', () => {
    const index = put(makeRule({}, { id: 'a' }), makeRule({}, { id: 'b', tenantId: 'tenant-1' }));
    const started = (ruleId: string, tenantId: string) =>
      index.candidatesFor({ name: 'rule.started', tenantId, data: { ruleId } }).map((found) => found.id);
    expect([started('a', 'tenant-1'), started('b', 'tenant-1'), started('b', ''), started('c', '')]).toEqual([
      ['a'],
      ['b'],
      [],
      [],
    ]);
  });
});
