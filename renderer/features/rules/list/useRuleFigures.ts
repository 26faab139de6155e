import { useMemo, useState } from 'react';
import { useRecordGroups } from '#renderer/data/hooks/useRecordGroups.ts';
import type { ListFilter, RecordQuery } from '#renderer/data/replicaApi.ts';
import { useNow } from '#renderer/ui/useNow.ts';
import { daysBefore, figureDays, figureGroups, ruleFigures } from './ruleFigures.ts';
import type { RuleFigures } from './ruleFigures.ts';

const noFigures: ReadonlyMap<string, RuleFigures> = new Map();
const nothing: ListFilter = { path: 'body.ruleId', operator: 'in', value: [] };

function useDays(): string[] {
  const today = new Date(useNow()).toISOString().slice(0, 10);
  return useMemo(() => daysBefore(Date.parse(today), figureDays), [today]);
}

/** Figures of the rules in sight, all by one question. While others come into sight those known stay. */
export function useRuleFigures(ruleIds: readonly string[]): ReadonlyMap<string, RuleFigures> {
  const days = useDays();
  const query: RecordQuery = {
    kind: 'run',
    filters: [
      { path: 'body.ruleId', operator: 'in', value: [...ruleIds] },
      { path: 'body.startedAt', operator: 'greater', value: days[0] ?? '' },
    ],
  };
  const groups = useRecordGroups(query, figureGroups);
  const [kept, setKept] = useState<{ groups: typeof groups; figures: ReadonlyMap<string, RuleFigures> }>({
    groups: undefined,
    figures: noFigures,
  });
  if (groups !== undefined && groups !== kept.groups) setKept({ groups, figures: ruleFigures(groups, days) });
  return kept.figures;
}

/** Ids of the rules with failed runs in these days, and whether they are known; asked for only where it is wanted. */
export function useFailingRules(wanted: boolean): { ids: readonly string[]; known: boolean } {
  const days = useDays();
  const groups = useRecordGroups(
    {
      kind: 'run',
      filters: wanted
        ? [
            { path: 'body.startedAt', operator: 'greater', value: days[0] ?? '' },
            { path: 'status', operator: 'in', value: ['failed', 'partial'] },
          ]
        : [nothing],
    },
    [{ path: 'body.ruleId' }],
  );
  const ids = useMemo(() => groups?.map(({ values }) => String(values[0] ?? '')) ?? [], [groups]);
  return { ids, known: groups !== undefined };
}
