import { useState } from 'react';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AuditFilters } from '#renderer/data/audit/auditFilters.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import type { RecordQuery } from '#renderer/data/replicaApi.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { ExportDialog } from './ExportDialog.tsx';

interface ExportMenuProps {
  filters: AuditFilters;
  query: RecordQuery;
  /** Entries that the list shows. */
  count: number;
}

/** Takes what the filters leave out of the console. */
export function ExportMenu({ filters, query, count }: ExportMenuProps) {
  const { t } = useTranslation('audit');
  const access = useAccess();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <GuardedButton
        variant="default"
        leftSection={<IconDownload size={14} />}
        whyNot={access('audit.export')}
        data-testid="audit-export"
        onClick={() => setOpened(true)}
      >
        {t('export.button')}
      </GuardedButton>
      {opened && <ExportDialog filters={filters} query={query} count={count} onClose={() => setOpened(false)} />}
    </>
  );
}
