import { useMemo } from 'react';
import { anomaly } from '#shared/resources/health/anomaly.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useRecord } from '#renderer/data/hooks/useRecord.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import type { RecordList, RecordQuery, SyncBadge } from '#renderer/data/replicaApi.ts';
import { openFacets } from './triage.ts';

const openStates = openFacets.status;
const decidedStates = Object.keys(anomaly.states?.states ?? {}).filter((state) => !openStates.includes(state));

/** In the alphabet critical and high come first, so that of too many the severe ones are held. */
const openQuery: RecordQuery = {
  kind: 'anomaly',
  filters: [{ path: 'status', operator: 'in', value: [...openStates] }],
  sort: [
    { path: 'body.severity', descending: false },
    { path: 'body.lastSeenAt', descending: true },
  ],
  limit: 5_000,
};
const decidedQuery: RecordQuery = {
  kind: 'anomaly',
  filters: [{ path: 'status', operator: 'in', value: decidedStates }],
  sort: [{ path: 'updatedAt', descending: true }],
  limit: 500,
};

interface TriageRecords {
  records: readonly RecordEnvelope[];
  badges: ReadonlyMap<string, SyncBadge>;
  /** Anomalies of every state. */
  total: number;
  state: RecordList['state'];
  problem: string | undefined;
  /** How many are held, of how many; undefined when all are. */
  partial: { open: number; openTotal: number; decided: number; decidedTotal: number } | undefined;
}

/** What triage works on: the open anomalies, those decided last, and the chosen one wherever it stands. */
export function useTriageRecords(selected: string): TriageRecords {
  const open = useRecordList(openQuery);
  const decided = useRecordList(decidedQuery);
  const chosen = useRecord('anomaly', selected);
  return useMemo(() => {
    // The chosen one last: it is the first to know of a decision, which takes it from one list to the other.
    const held = [...decided.rows, ...open.rows, ...(chosen ? [chosen] : [])];
    const byId = new Map(held.map((row) => [row.record.id, row]));
    const isPartial = open.count > open.rows.length || decided.count > decided.rows.length;
    return {
      records: [...byId.values()].map((row) => row.record),
      badges: new Map([...byId].map(([id, row]) => [id, row.badge])),
      total: open.total,
      state: open.state,
      problem: open.problem,
      partial: isPartial
        ? {
            open: open.rows.length,
            openTotal: open.count,
            decided: decided.rows.length,
            decidedTotal: decided.count,
          }
        : undefined,
    };
  }, [open, decided, chosen]);
}
