import type { ListFilter } from '#renderer/data/replicaApi.ts';

export const eventStates = ['pending', 'processing', 'processed', 'failed', 'ignored'] as const;
export const periods = ['hour', 'day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

/** What the list of events is narrowed to; '' = not narrowed. */
export interface EventFilters {
  text: string;
  states: readonly string[];
  module: string;
  tenantId: string;
  period: '' | Period;
}

export const noEventFilters: EventFilters = { text: '', states: [], module: '', tenantId: '', period: '' };

const hour = 3_600_000;
const lengths: Readonly<Record<Period, number>> = { hour, day: 24 * hour, week: 168 * hour, month: 720 * hour };

export function isNarrowed({ text, states, module, tenantId, period }: EventFilters): boolean {
  return text !== '' || states.length > 0 || module !== '' || tenantId !== '' || period !== '';
}

/** The same as conditions of the replica. `now` in milliseconds since the epoch; cut to the minute, so that the question stays. */
export function listFiltersOf({ states, module, period }: EventFilters, now: number): ListFilter[] {
  const minute = 60_000;
  const found: ListFilter[] = [];
  if (states.length > 0) found.push({ path: 'status', operator: 'in', value: [...states] });
  if (module !== '') found.push({ path: 'body.module', operator: 'is', value: module });
  if (period !== '')
    found.push({
      path: 'body.occurredAt',
      operator: 'greater',
      value: new Date(Math.floor((now - lengths[period]) / minute) * minute).toISOString(),
    });
  return found;
}
