import type { Trigger } from '#shared/resources/automation/trigger.ts';
import type { ListFilter } from '#renderer/data/replicaApi.ts';

export const triggerTypes = [
  'event',
  'record',
  'field_change',
  'date',
  'schedule',
  'webhook',
  'manual',
] as const satisfies readonly Trigger['type'][];

/** What the list of rules is narrowed to; '' = not narrowed. */
export interface RuleFilters {
  text: string;
  scope: '' | 'platform' | 'tenant';
  trigger: '' | Trigger['type'];
  active: '' | 'active' | 'paused';
  tag: string;
  failing: boolean;
}

export const noRuleFilters: RuleFilters = { text: '', scope: '', trigger: '', active: '', tag: '', failing: false };

export function isNarrowed(filters: RuleFilters): boolean {
  return Object.keys(noRuleFilters).some((name) => {
    const key = name as keyof RuleFilters;
    return filters[key] !== noRuleFilters[key];
  });
}

/** The same as conditions of the replica. `failingIds` = rules that failed lately, looked at where that is asked. */
export function listFiltersOf(filters: RuleFilters, failingIds: readonly string[]): ListFilter[] {
  const { scope, trigger, active, tag, failing } = filters;
  const found: ListFilter[] = [];
  if (scope !== '') found.push({ path: 'tenantId', operator: scope === 'platform' ? 'is_empty' : 'is_not_empty' });
  // The trigger is kept as JSON; its type is one of a fixed list and stands nowhere else in that form.
  if (trigger !== '') found.push({ path: 'body.trigger', operator: 'contains', value: `"type":"${trigger}"` });
  if (active !== '') found.push({ path: 'body.isActive', operator: 'is', value: active === 'active' });
  if (tag !== '') found.push({ path: 'body.tags', operator: 'contains', value: tag });
  if (failing) found.push({ path: 'id', operator: 'in', value: [...failingIds] });
  return found;
}
