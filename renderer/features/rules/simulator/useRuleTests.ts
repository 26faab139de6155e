import { useMemo } from 'react';
import { ruleTest } from '#shared/resources/automation/ruleTest.ts';
import type { RuleTest } from '#shared/resources/automation/ruleTest.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import type { RecordQuery, ReplicaRecord } from '#renderer/data/replicaApi.ts';

export function testsQuery(ruleId: string): RecordQuery {
  return {
    kind: ruleTest.kind,
    filters: [{ path: 'body.ruleId', operator: 'is', value: ruleId }],
    sort: [{ path: 'body.name', descending: false }],
  };
}

/** The records as tests; one that cannot be read as a test is left out. */
export function testsOf(rows: readonly ReplicaRecord[]): RuleTest[] {
  return rows.flatMap(({ record }) => {
    const body = ruleTest.body.safeParse(record.body);
    return body.success ? [{ ...record, body: body.data }] : [];
  });
}

/** The saved tests of a rule by name; undefined while they are read. */
export function useRuleTests(ruleId: string): RuleTest[] | undefined {
  const { rows, state } = useRecordList(testsQuery(ruleId));
  return useMemo(() => (state === 'reading' ? undefined : testsOf(rows)), [rows, state]);
}
