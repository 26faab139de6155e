import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useRuleExport } from './useRuleExport.ts';

/** Saves the chosen rules as a file. */
export function ExportRulesButton({ ruleIds }: { ruleIds: readonly string[] }) {
  const { t } = useTranslation('simulator');
  const replica = useReplica();
  const save = useRuleExport();
  const start = async () => {
    const found = await Promise.all(ruleIds.map((id) => replica.get('rule', id)));
    await save(found.flatMap((one) => (one ? [one.record] : [])));
  };
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={14} />}
      disabled={ruleIds.length === 0}
      onClick={() => void start()}
      data-testid="export-rules"
    >
      {t('exchange.export', { count: ruleIds.length })}
    </Button>
  );
}
