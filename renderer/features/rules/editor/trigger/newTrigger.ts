import type { Trigger } from '#shared/resources/automation/trigger.ts';

export const triggerTypes = ['event', 'record', 'field_change', 'date', 'schedule', 'webhook', 'manual'] as const;

/** A trigger of another type, with what both have in common. */
export function newTrigger(type: Trigger['type'], before: Trigger): Trigger {
  const kind = 'kind' in before ? before.kind : 'tenant';
  switch (type) {
    case 'event':
      return { type, pattern: 'tenant.created' };
    case 'record':
      return { type, kind, on: 'update' };
    case 'field_change':
      return { type, kind, field: 'status' };
    case 'date':
      return { type, kind, field: 'createdAt', offsetMinutes: 0 };
    case 'schedule':
      return { type, cron: '0 8 * * *', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
    case 'webhook':
    case 'manual':
      return { type };
  }
}
