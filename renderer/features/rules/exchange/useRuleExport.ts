import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { RecordQuery } from '#renderer/data/replicaApi.ts';
import { writeRuleFile } from './ruleFile.ts';

/** Saves rules as a file: those given, or every one a query finds. */
export function useRuleExport(): (what: RecordQuery | readonly RecordEnvelope[]) => Promise<void> {
  const { t } = useTranslation('automation');
  const replica = useReplica();
  return async (what) => {
    try {
      const records: RecordEnvelope[] = [];
      if ('kind' in what) await replica.readRows(what, (rows) => records.push(...rows.map((row) => row.record)));
      else records.push(...what);
      const saved = await window.steward.file.saveText({
        suggestedName: 'rules.json',
        mimeType: 'application/json',
        text: writeRuleFile(records),
      });
      if (saved) notifications.show({ message: t('exchange.exported', { count: records.length, path: saved.path }) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      notifications.show({ color: 'red', title: t('exchange.exportFailed'), message });
    }
  };
}
