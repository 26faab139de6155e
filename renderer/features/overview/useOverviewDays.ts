import { useMemo } from 'react';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useRecordGroups } from '#renderer/data/hooks/useRecordGroups.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import type { GroupCount, RecordQuery } from '#renderer/data/replicaApi.ts';
import { countPerDay, lastDays } from './dailySeries.ts';

const daysShown = 30;
const severities = ['critical', 'high', 'medium', 'low'] as const;
const dayLength = 10;

const eventGroups = [{ path: 'body.occurredAt', prefix: dayLength }, { path: 'status' }];
const seenGroups = [{ path: 'body.firstSeenAt', prefix: dayLength }, { path: 'body.severity' }];
const createdGroups = [{ path: 'createdAt', prefix: dayLength }, { path: 'body.severity' }];

/** The last thirty days as counts per day, live. `now` in milliseconds since the epoch. */
export function useOverviewDays(now: number) {
  const days = useMemo(() => lastDays(now, daysShown), [now]);
  const queries = useMemo(() => daysQueries(days[0] ?? ''), [days]);
  const events = useRecordGroups(queries.events, eventGroups);
  const seenAnomalies = useRecordGroups(queries.seenAnomalies, seenGroups);
  const createdAnomalies = useRecordGroups(queries.createdAnomalies, createdGroups);
  const conversions = useRecordList(queries.conversions);

  const eventDays = useMemo(
    () =>
      countPerDay(events ?? [], days, ['processed', 'failed'], (group) => ({
        ...placeOf(group),
        series: [group.values[1] === 'failed' ? 'failed' : 'processed'],
      })),
    [events, days],
  );
  const conversionDays = useMemo(
    () =>
      countPerDay(conversions.rows, days, ['conversions'], ({ record }) => ({
        instant: convertedAt(record),
        series: ['conversions'],
      })),
    [conversions.rows, days],
  );
  const anomalyDays = useMemo(
    () =>
      countPerDay([...(seenAnomalies ?? []), ...(createdAnomalies ?? [])], days, severities, (group) => ({
        ...placeOf(group),
        series: severities.filter((severity) => severity === group.values[1]),
      })),
    [seenAnomalies, createdAnomalies, days],
  );
  return {
    eventDays,
    conversionDays,
    anomalyDays,
    /** Referrals looked at for their conversion, of how many. */
    referrals: { read: conversions.rows.length, count: conversions.count },
  };
}

export type OverviewDays = ReturnType<typeof useOverviewDays>;

/** Instants compare as text, so the first day alone stands for its midnight. */
function daysQueries(
  firstDay: string,
): Record<'events' | 'seenAnomalies' | 'createdAnomalies' | 'conversions', RecordQuery> {
  return {
    events: { kind: 'event', filters: [{ path: 'body.occurredAt', operator: 'greater', value: firstDay }] },
    // Nothing is seen last before it is seen first; lists have an index by the last time, none by the first.
    seenAnomalies: {
      kind: 'anomaly',
      filters: [
        { path: 'body.lastSeenAt', operator: 'greater', value: firstDay },
        { path: 'body.firstSeenAt', operator: 'greater', value: firstDay },
      ],
    },
    // One made by hand was never seen by a detector, which writes both times: it counts on the day it was made.
    createdAnomalies: {
      kind: 'anomaly',
      filters: [
        { path: 'body.lastSeenAt', operator: 'is_empty' },
        { path: 'createdAt', operator: 'greater', value: firstDay },
      ],
    },
    // The instant of a conversion is inside the timeline, where nothing can count it. Writing it there touched the record.
    conversions: {
      kind: 'referral',
      filters: [
        { path: 'updatedAt', operator: 'greater', value: firstDay },
        { path: 'status', operator: 'in', value: ['converted', 'confirmed', 'paid'] },
      ],
      sort: [{ path: 'updatedAt', descending: true }],
    },
  };
}

function placeOf(group: GroupCount): { instant: string; count: number } {
  return { instant: String(group.values[0] ?? ''), count: group.count };
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
