import { unreachable } from '../../../kernel/exhaustive.ts';
import type { Trigger } from '../../../resources/automation/trigger.ts';
import { recordEventName } from './recordEventName.ts';

/** What sets a rule off, as the engine looks for it. */
export type RuleSubscription =
  | { on: 'event'; pattern: string }
  | { on: 'schedule'; cron: string; timeZone: string }
  | { on: 'date'; kind: string; field: string; offsetMinutes: number }
  | { on: 'webhook' }
  | { on: 'manual' };

/** Changes of records are events too, so most triggers listen to a pattern. */
export function subscriptionOf(trigger: Trigger): RuleSubscription {
  switch (trigger.type) {
    case 'event':
      return { on: 'event', pattern: trigger.pattern };
    case 'record':
      return { on: 'event', pattern: recordEventName(trigger.kind, verbOf[trigger.on]) };
    case 'field_change':
      return { on: 'event', pattern: recordEventName(trigger.kind, 'updated') };
    case 'date':
      return { on: 'date', kind: trigger.kind, field: trigger.field, offsetMinutes: trigger.offsetMinutes };
    case 'schedule':
      return { on: 'schedule', cron: trigger.cron, timeZone: trigger.timeZone };
    case 'webhook':
    case 'manual':
      return { on: trigger.type };
    default:
      return unreachable(trigger);
  }
}

const verbOf = { create: 'created', update: 'updated', delete: 'deleted' } as const;

/** Name or pattern of the events that make the rule look. */
export function patternOfTrigger(trigger: Trigger): string {
  const subscription = subscriptionOf(trigger);
  switch (subscription.on) {
    case 'event':
      return subscription.pattern;
    case 'schedule':
      return 'schedule.due';
    case 'date':
      return 'date.reached';
    case 'webhook':
      return 'webhook.received';
    case 'manual':
      return 'rule.started';
    default:
      return unreachable(subscription);
  }
}
