import { useMemo } from 'react';
import { rule } from '#shared/resources/automation/rule.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { useRecordGroups } from '#renderer/data/hooks/useRecordGroups.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import type { RecordQuery } from '#renderer/data/replicaApi.ts';
import { estimateReplay } from './replayEstimate.ts';
import type { ReplayEstimate } from './replayEstimate.ts';

type Source = { eventIds: readonly string[] } | { from: string; to: string; pattern: string; tenantId: string };

/** How many of the events that are here a replay takes, and which active rules listen to them; undefined while it is counted. */
export function useReplayEstimate(source: Source, ruleId: string): ReplayEstimate | undefined {
  const groups = useRecordGroups(queryOf(source), [
    { path: 'body.module' },
    { path: 'body.code' },
    { path: 'tenantId' },
  ]);
  const active = useRecordList({ kind: 'rule', filters: [{ path: 'body.isActive', operator: 'is', value: true }] });
  const pattern = 'pattern' in source ? source.pattern : '**';
  return useMemo(() => {
    if (!groups || active.state !== 'ready') return undefined;
    const rules = active.rows.flatMap(({ record }): Rule[] => {
      const body = rule.body.safeParse(record.body);
      return body.success && (ruleId === '' || record.id === ruleId) ? [{ ...record, body: body.data }] : [];
    });
    return estimateReplay(groups, pattern, rules);
  }, [groups, active, pattern, ruleId]);
}

function queryOf(source: Source): RecordQuery {
  if ('eventIds' in source)
    return { kind: 'event', filters: [{ path: 'id', operator: 'in', value: [...source.eventIds] }] };
  const { from, to, tenantId } = source;
  return {
    kind: 'event',
    tenantId,
    filters: [{ path: 'body.occurredAt', operator: 'between', value: [from, to] }],
  };
}
