import { useMemo } from 'react';
import { useInbox } from '#renderer/data/hooks/useInbox.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import type { RecordList } from '#renderer/data/replicaApi.ts';
import { attentionItems } from './attention.ts';
import type { AttentionItem } from './attention.ts';
import { attentionQueries } from './attentionQueries.ts';

interface Attention {
  items: AttentionItem[];
  /** Records like these that were not looked at, because there are so many. */
  beyond: number;
}

/** What needs the person, live. `now` in milliseconds since the epoch. */
export function useAttention(now: number): Attention {
  const personId = usePrincipal()?.id ?? '';
  const queries = useMemo(() => attentionQueries(now, personId), [now, personId]);
  const anomalies = useRecordList(queries.anomalies);
  const payouts = useRecordList(queries.payouts);
  const tasks = useRecordList(queries.tasks);
  const tenants = useRecordList(queries.tenants);
  const inbox = useInbox();
  return useMemo(
    () => ({
      items: attentionItems({
        now,
        personId,
        anomalies: recordsOf(anomalies),
        payouts: recordsOf(payouts),
        tasks: recordsOf(tasks),
        tenants: recordsOf(tenants),
        inbox,
      }),
      // Tasks are read by their due time: those left out are due later than all that are shown.
      beyond: [anomalies, payouts, tenants].reduce((sum, list) => sum + list.count - list.rows.length, 0),
    }),
    [now, personId, anomalies, payouts, tasks, tenants, inbox],
  );
}

function recordsOf(list: RecordList) {
  return list.rows.map((row) => row.record);
}
