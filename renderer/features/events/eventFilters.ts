import { periodStart } from '#renderer/data/list/period.ts';
import type { Period } from '#renderer/data/list/period.ts';
import type { ListFilter } from '#renderer/data/replicaApi.ts';

export const eventStates = ['pending', 'processing', 'processed', 'failed', 'ignored'] as const;

/** What the list of events is narrowed to; '' = not narrowed. */
export interface EventFilters {
  text: string;
  states: readonly string[];
  module: string;
  tenantId: string;
  period: '' | Period;
}

export const noEventFilters: EventFilters = { text: '', states: [], module: '', tenantId: '', period: '' };

export function isNarrowed({ text, states, module, tenantId, period }: EventFilters): boolean {
  return text !== '' || states.length > 0 || module !== '' || tenantId !== '' || period !== '';
}

/** The same as conditions of the replica. `now` in milliseconds since the epoch. */
export function listFiltersOf({ states, module, period }: EventFilters, now: number): ListFilter[] {
  const found: ListFilter[] = [];
  if (states.length > 0) found.push({ path: 'status', operator: 'in', value: [...states] });
  if (module !== '') found.push({ path: 'body.module', operator: 'is', value: module });
  if (period !== '') found.push({ path: 'body.occurredAt', operator: 'greater', value: periodStart(period, now) });
  return found;
}
