import { periodStart } from '#renderer/data/list/period.ts';
import type { Period } from '#renderer/data/list/period.ts';
import type { ListFilter } from '#renderer/data/replicaApi.ts';

export const runStates = ['running', 'waiting', 'success', 'partial', 'failed', 'cancelled'] as const;

/** What the list of runs is narrowed to; '' = not narrowed. */
export interface RunFilters {
  text: string;
  states: readonly string[];
  ruleId: string;
  tenantId: string;
  period: '' | Period;
}

export const noRunFilters: RunFilters = { text: '', states: [], ruleId: '', tenantId: '', period: '' };

export function isNarrowed({ text, states, ruleId, tenantId, period }: RunFilters): boolean {
  return text !== '' || states.length > 0 || ruleId !== '' || tenantId !== '' || period !== '';
}

/** The same as conditions of the replica. `now` in milliseconds since the epoch. */
export function listFiltersOf({ states, ruleId, period }: RunFilters, now: number): ListFilter[] {
  const found: ListFilter[] = [];
  if (states.length > 0) found.push({ path: 'status', operator: 'in', value: [...states] });
  if (ruleId !== '') found.push({ path: 'body.ruleId', operator: 'is', value: ruleId });
  if (period !== '') found.push({ path: 'body.startedAt', operator: 'greater', value: periodStart(period, now) });
  return found;
}
