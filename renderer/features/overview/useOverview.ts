import { useMemo } from 'react';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { textIn } from '#shared/records/readBody.ts';
import { useInbox } from '#renderer/data/hooks/useInbox.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import type { RecordList } from '#renderer/data/replicaApi.ts';
import { attentionItems } from './attention.ts';
import { countPerDay, lastDays } from './dailySeries.ts';

const daysShown = 30;
const severities = ['critical', 'high', 'medium', 'low'] as const;

/** Everything the overview shows, read live from the replica. `now` in milliseconds since the epoch. */
export function useOverview(now: number) {
  const personId = usePrincipal()?.id ?? '';
  const days = useMemo(() => lastDays(now, daysShown), [now]);
  const since = `${days[0] ?? ''}T00:00:00.000Z`;
  const tenants = useRecordList({ kind: 'tenant' });
  const rules = useRecordList({ kind: 'rule', filters: [{ path: 'body.isActive', operator: 'is', value: true }] });
  const anomalies = useRecordList({ kind: 'anomaly' });
  const payouts = useRecordList({
    kind: 'payout',
    filters: [{ path: 'status', operator: 'in', value: ['pending', 'failed'] }],
  });
  const failedEvents = useRecordList({ kind: 'event', filters: [{ path: 'status', operator: 'is', value: 'failed' }] });
  const events = useRecordList({
    kind: 'event',
    filters: [{ path: 'body.occurredAt', operator: 'greater', value: since }],
  });
  const conversions = useRecordList({
    kind: 'referral',
    filters: [{ path: 'status', operator: 'in', value: ['converted', 'confirmed', 'paid'] }],
  });
  const tasks = useRecordList({ kind: 'task', filters: [{ path: 'assignedTo', operator: 'is', value: personId }] });
  const inbox = useInbox();

  const eventDays = useMemo(
    () =>
      countPerDay(recordsOf(events), days, ['processed', 'failed'], (record) => ({
        instant: textIn(record.body, 'occurredAt'),
        series: [record.status === 'failed' ? 'failed' : 'processed'],
      })),
    [events, days],
  );
  const conversionDays = useMemo(
    () =>
      countPerDay(recordsOf(conversions), days, ['conversions'], (record) => ({
        instant: convertedAt(record),
        series: ['conversions'],
      })),
    [conversions, days],
  );
  const anomalyDays = useMemo(
    () =>
      countPerDay(recordsOf(anomalies), days, severities, (record) => ({
        instant: textIn(record.body, 'firstSeenAt') || record.createdAt,
        series: severities.filter((severity) => severity === textIn(record.body, 'severity')),
      })),
    [anomalies, days],
  );
  const attention = useMemo(
    () =>
      attentionItems({
        now,
        personId,
        anomalies: recordsOf(anomalies),
        tasks: recordsOf(tasks),
        tenants: recordsOf(tenants),
        payouts: recordsOf(payouts),
        inbox,
      }),
    [now, personId, anomalies, tasks, tenants, payouts, inbox],
  );
  return {
    tenants,
    rules,
    anomalies,
    payouts,
    failedEvents,
    tasks,
    inbox,
    eventDays,
    conversionDays,
    anomalyDays,
    attention,
  };
}

export type Overview = ReturnType<typeof useOverview>;

export function recordsOf(list: RecordList): RecordEnvelope[] {
  return list.rows.map((row) => row.record);
}

/** When the referral converted, from its timeline; '' where the timeline does not say. */
function convertedAt(record: RecordEnvelope): string {
  const timeline = record.body['timeline'];
  if (!Array.isArray(timeline)) return '';
  for (const step of timeline) {
    if (typeof step === 'object' && step !== null && !Array.isArray(step) && step['status'] === 'converted') {
      return typeof step['at'] === 'string' ? step['at'] : '';
    }
  }
  return '';
}
