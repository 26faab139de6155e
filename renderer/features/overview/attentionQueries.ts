import type { Json } from '#shared/kernel/json.ts';
import { tenant } from '#shared/resources/tenants/tenant.ts';
import type { ListFilter, RecordQuery } from '#renderer/data/replicaApi.ts';
import { endedTenantStates, openAnomalyStates, trialWarningMilliseconds } from './attention.ts';
import type { AttentionSources } from './attention.ts';

/** Records of one type of attention at most; nobody works through more of them in a list like this one. */
const sourceLimit = 200;

type AttentionQueries = Record<Exclude<keyof AttentionSources, 'now' | 'personId' | 'inbox'>, RecordQuery>;

/** Finds the records that `attentionItems` chooses from: few, the most urgent first. `now` in milliseconds since the epoch. */
export function attentionQueries(now: number, personId: string): AttentionQueries {
  const living = Object.keys(tenant.states?.states ?? {}).filter((state) => !endedTenantStates.includes(state));
  const soon: Json[] = [new Date(now).toISOString(), new Date(now + trialWarningMilliseconds).toISOString()];
  return {
    anomalies: {
      kind: 'anomaly',
      filters: [
        { path: 'status', operator: 'in', value: [...openAnomalyStates] },
        { path: 'body.severity', operator: 'is', value: 'critical' },
      ],
      sort: [{ path: 'body.lastSeenAt', descending: true }],
      limit: sourceLimit,
    },
    payouts: {
      kind: 'payout',
      filters: [{ path: 'status', operator: 'is', value: 'failed' }],
      sort: [{ path: 'updatedAt', descending: true }],
      limit: sourceLimit,
    },
    tasks: {
      kind: 'task',
      filters: [...openTasksOf(personId), { path: 'body.dueAt', operator: 'is_not_empty' }],
      sort: [{ path: 'body.dueAt', descending: false }],
      limit: sourceLimit,
    },
    tenants: {
      kind: 'tenant',
      filters: [
        { path: 'status', operator: 'in', value: living },
        { path: 'body.trialEndsAt', operator: 'between', value: soon },
      ],
      sort: [{ path: 'body.trialEndsAt', descending: false }],
      limit: sourceLimit,
    },
  };
}

/** What the person still has to do. Nobody has nothing: tasks assigned to nobody are not theirs. */
export function openTasksOf(personId: string): ListFilter[] {
  return [
    { path: 'assignedTo', operator: 'in', value: personId === '' ? [] : [personId] },
    { path: 'status', operator: 'in', value: ['open', 'in_progress'] },
  ];
}
