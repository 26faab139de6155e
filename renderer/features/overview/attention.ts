import { textIn } from '#shared/records/readBody.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { InboxEntry } from '#renderer/data/replicaApi.ts';

export type AttentionType =
  | 'refused_edit'
  | 'conflict'
  | 'critical_anomaly'
  | 'payout_failed'
  | 'task_overdue'
  | 'trial_ending';

/** One thing a person should look at now. */
export interface AttentionItem {
  type: AttentionType;
  kind: string;
  recordId: string;
  /** ISO 8601 of what makes it urgent: when it happened, or when it is due. */
  at: string;
}

export interface AttentionSources {
  /** Milliseconds since the epoch. */
  now: number;
  personId: string;
  anomalies: readonly RecordEnvelope[];
  tasks: readonly RecordEnvelope[];
  tenants: readonly RecordEnvelope[];
  payouts: readonly RecordEnvelope[];
  inbox: readonly InboxEntry[];
}

/** What was typed and could be lost comes first, then harm that is happening, then what is late, then what comes. */
const order: readonly AttentionType[] = [
  'refused_edit',
  'conflict',
  'critical_anomaly',
  'payout_failed',
  'task_overdue',
  'trial_ending',
];

export const trialWarningMilliseconds = 7 * 86_400_000;
export const openAnomalyStates: readonly string[] = ['detected', 'investigating'];
export const endedTenantStates: readonly string[] = ['DEPROVISIONING', 'ARCHIVED'];

/** Everything that needs attention, most urgent first. */
export function attentionItems(sources: AttentionSources): AttentionItem[] {
  const { now } = sources;
  const items: AttentionItem[] = [
    ...sources.inbox.filter((entry) => !entry.resolved).map(ofInbox),
    ...sources.anomalies
      .filter((record) => openAnomalyStates.includes(record.status) && textIn(record.body, 'severity') === 'critical')
      .filter((record) => !isLater(textIn(record.body, 'snoozedUntil'), now))
      .map((record) => item('critical_anomaly', record, textIn(record.body, 'lastSeenAt') || record.updatedAt)),
    ...sources.payouts
      .filter((record) => record.status === 'failed')
      .map((record) => item('payout_failed', record, record.updatedAt)),
    ...sources.tasks
      .filter((record) => record.assignedTo === sources.personId && isOverdueTask(record, now))
      .map((record) => item('task_overdue', record, textIn(record.body, 'dueAt'))),
    ...sources.tenants
      .filter(
        (record) => !endedTenantStates.includes(record.status) && endsSoon(textIn(record.body, 'trialEndsAt'), now),
      )
      .map((record) => item('trial_ending', record, textIn(record.body, 'trialEndsAt'))),
  ];
  return items.sort((left, right) => order.indexOf(left.type) - order.indexOf(right.type) || byUrgency(left, right));
}

/** True when the task is not finished and its due time has passed. */
export function isOverdueTask(record: RecordEnvelope, now: number): boolean {
  const due = Date.parse(textIn(record.body, 'dueAt'));
  return (record.status === 'open' || record.status === 'in_progress') && due < now;
}

function ofInbox(entry: InboxEntry): AttentionItem {
  const type = entry.type === 'conflict' ? 'conflict' : 'refused_edit';
  return { type, kind: entry.kind, recordId: entry.recordId, at: entry.at };
}

function item(type: AttentionType, record: RecordEnvelope, at: string): AttentionItem {
  return { type, kind: record.kind, recordId: record.id, at };
}

/** What is due counts from the nearest, what happened from the newest. */
function byUrgency(left: AttentionItem, right: AttentionItem): number {
  const sign = left.type === 'task_overdue' || left.type === 'trial_ending' ? 1 : -1;
  return sign * left.at.localeCompare(right.at);
}

function isLater(instant: string, now: number): boolean {
  return Date.parse(instant) > now;
}

function endsSoon(instant: string, now: number): boolean {
  const end = Date.parse(instant);
  return end >= now && end - now <= trialWarningMilliseconds;
}
