import type { ListFilter } from '#renderer/data/replicaApi.ts';

export const runStates = ['running', 'waiting', 'success', 'partial', 'failed', 'cancelled'] as const;
export const periods = ['hour', 'day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

/** What the list of runs is narrowed to; '' = not narrowed. */
export interface RunFilters {
  text: string;
  states: readonly string[];
  ruleId: string;
  tenantId: string;
  period: '' | Period;
}

export const noRunFilters: RunFilters = { text: '', states: [], ruleId: '', tenantId: '', period: '' };

const hour = 3_600_000;
const lengths: Readonly<Record<Period, number>> = { hour, day: 24 * hour, week: 168 * hour, month: 720 * hour };

/** The first instant of a period that ends now, cut to the minute so that the question stays the same for a while. */
export function periodStart(period: Period, now: number): string {
  const minute = 60_000;
  return new Date(Math.floor((now - lengths[period]) / minute) * minute).toISOString();
}

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
