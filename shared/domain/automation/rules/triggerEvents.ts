import type { JsonObject } from '../../../kernel/json.ts';
import type { RecordEnvelope } from '../../../records/envelope.ts';
import type { NewEvent } from './newEvent.ts';

/** Who such an event is for: one rule, named in its data. */
interface RuleNamed {
  id: string;
  tenantId: string;
}

/** A time of the rule's schedule. `at` is ISO 8601. */
export function scheduleDue(rule: RuleNamed, at: string): NewEvent {
  return { ...about(rule), code: 'due', module: 'schedule', data: { ruleId: rule.id, at }, source: 'schedule' };
}

/** A record's date, with the rule's offset, has come. */
export function dateReached(rule: RuleNamed, record: RecordEnvelope, field: string, at: string): NewEvent {
  return {
    ...about(rule, record),
    module: 'date',
    code: 'reached',
    data: { ruleId: rule.id, field, at },
    source: 'schedule',
  };
}

/** The rule's own address was called, with a signature that fits. */
export function webhookReceived(rule: RuleNamed, body: JsonObject): NewEvent {
  return { ...about(rule), module: 'webhook', code: 'received', data: { ruleId: rule.id, body }, source: 'webhook' };
}

/** A person starts the rule, for a record or for none. Any rule can be started, whatever its trigger. */
export function ruleStarted(rule: RuleNamed, data: JsonObject, record?: RecordEnvelope): NewEvent {
  return {
    ...about(rule, record),
    module: 'rule',
    code: 'started',
    data: { ...data, ruleId: rule.id },
    source: 'manual',
  };
}

function about(rule: RuleNamed, record?: RecordEnvelope): Pick<NewEvent, 'tenantId' | 'entityType' | 'entityId'> {
  return record
    ? { tenantId: record.tenantId, entityType: record.kind, entityId: record.id }
    : { tenantId: rule.tenantId, entityType: 'rule', entityId: rule.id };
}

const directed = new Set(['schedule.due', 'date.reached', 'webhook.received', 'rule.started']);

/** True for events that concern only the rule named in their data. */
export function isDirected(eventName: string): boolean {
  return directed.has(eventName);
}
