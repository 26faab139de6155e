import { expect, it } from 'vitest';
import type { JsonObject } from '../../kernel/json.ts';
import type { RecordEnvelope } from '../../records/envelope.ts';
import { rule } from '../../resources/automation/rule.ts';
import { compileRule } from '../automation/rules/decideRule.ts';
import { eventFactsOf } from '../automation/rules/eventFactsOf.ts';
import { createRuleIndex } from '../automation/rules/ruleIndex.ts';
import { kindNamedBy, listeningRules } from './eventRules.ts';

const at = '2026-11-21T12:00:00.000Z';
const recordOf = (kind: string, id: string, tenantId: string, body: JsonObject): RecordEnvelope => {
  const made = { createdAt: at, createdBy: 'system', updatedAt: at, updatedBy: 'system', version: 1 };
  return { id, kind, tenantId, status: '', assignedTo: '', ...made, body };
};
const triggers: JsonObject[] = [
  { type: 'event', pattern: 'shop.order.*' },
  { type: 'event', pattern: '**' },
  { type: 'record', kind: 'member', on: 'update' },
  { type: 'field_change', kind: 'member', field: 'body.name' },
  { type: 'webhook' },
  { type: 'manual' },
];
const rules = ['', 't1', 't2'].flatMap((tenantId) =>
  triggers.map((trigger, index) =>
    recordOf(
      'rule',
      `${tenantId}-${index}`,
      tenantId,
      rule.body.parse({ name: 'R', isActive: true, trigger }) as unknown as JsonObject,
    ),
  ),
);
const events = ['', 't1', 't3'].flatMap((tenantId) =>
  ['shop.order.paid', 'shop.ping', 'record.member.updated', 'webhook.received', 'rule.started'].map((name) => {
    const [module, ...code] = name.split('.');
    const data = { ruleId: 't1-4' };
    return recordOf('event', `${tenantId}-${name}`, tenantId, { module: module ?? '', code: code.join('.'), data });
  }),
);

it('the console finds the rules that listen to an event as the engine does', () => {
  const index = createRuleIndex();
  for (const record of rules) index.put(compileRule({ ...record, body: rule.body.parse(record.body) }));
  let found = 0;
  const same: [string[], string[]][] = [];
  for (const event of events) {
    const listening = listeningRules(event, rules).map(({ id }) => id);
    const wanted = index.candidatesFor(eventFactsOf(event)).map(({ id }) => id);
    // A rule that an event names is asked whatever it listens to; it runs only where that fits.
    expect(wanted).toEqual(expect.arrayContaining(listening));
    if (!/webhook|started/.test(event.id)) same.push([listening.toSorted(), wanted.toSorted()]);
    found += listening.length;
  }
  for (const [listening, wanted] of same) expect(listening).toEqual(wanted);
  expect(found).toBeGreaterThan(15);
});

it('rules that are switched off listen to nothing', () => {
  const off = rules.map((record) => ({ ...record, body: { ...record.body, isActive: false } }));
  for (const event of events) expect(listeningRules(event, off)).toEqual([]);
});

it('the kind that an event names counts only where there is one', () => {
  expect(kindNamedBy({ body: { entityType: 'member' } })).toBe('member');
  expect(kindNamedBy({ body: { entityType: 'order' } })).toBeUndefined();
});
