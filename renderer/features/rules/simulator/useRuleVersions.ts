import { useTranslation } from 'react-i18next';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { Version } from './useSimulatorSetup.ts';

/** The versions of a rule that can be simulated, newest first, in words. */
export function useRuleVersions(ruleId: string, hasDraft: boolean): { value: Version; label: string }[] {
  const { t } = useTranslation('simulator');
  const words = useRecordWords();
  const { rows } = useRecordList({
    kind: 'ruleRevision',
    filters: [{ path: 'body.ruleId', operator: 'is', value: ruleId }],
    sort: [{ path: 'body.revision', descending: true }],
  });
  const revisions = rows.map(({ record }): { value: Version; label: string } => {
    const revision = Number(record.body['revision']);
    return {
      value: `revision:${revision}`,
      label: t('version.revision', { revision, time: words.instant(String(record.body['savedAt'] ?? '')) }),
    };
  });
  return [
    ...(hasDraft ? [{ value: 'draft' as const, label: t('version.draft') }] : []),
    ...(ruleId === '' ? [] : [{ value: 'saved' as const, label: t('version.saved') }]),
    ...(ruleId === '' ? [] : revisions),
  ];
}
