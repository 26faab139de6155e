import { ActionIcon, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { accessTargetOf, decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import classes from './Records.module.css';
import { keepDraft } from './recordDraft.ts';

/** Deletes a record after asking. Absent for kinds that only the server writes. */
export function DeleteRecord({ resource, record }: { resource: Resource; record: RecordEnvelope }) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const replica = useReplica();
  const principal = usePrincipal();
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState(false);
  if (resource.writer === 'server') return null;
  const permission = `${resource.permission}.delete`;
  const may = principal !== undefined && decideAccess(principal, permission, accessTargetOf(record)).allowed;
  const label = may ? t('delete.act') : t('lock.no_edit', { permission });

  const remove = async () => {
    setAsking(false);
    const result = await replica.remove(record.kind, record.id);
    if (!result.ok) {
      notifications.show({ color: 'red', title: t('delete.failed'), message: result.error.message });
      return;
    }
    keepDraft(record.kind, record.id, {});
    navigate(`/records/${record.kind}`);
  };
  return (
    <>
      <Tooltip label={label} multiline maw={320}>
        <ActionIcon
          variant="subtle"
          color={may ? 'red' : 'gray'}
          size="md"
          aria-label={t('delete.act')}
          aria-disabled={!may || undefined}
          data-disabled={!may || undefined}
          data-testid="delete"
          onClick={() => may && setAsking(true)}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Tooltip>
      {asking && (
        <ReasonDialog
          danger
          reason="none"
          words={{
            title: t('delete.title', { title: words.title(record) }),
            confirm: t('delete.act'),
            cancel: t('cancel'),
          }}
          onClose={() => setAsking(false)}
          onConfirm={() => void remove()}
        >
          <p className={classes.prose}>{t('delete.text')}</p>
        </ReasonDialog>
      )}
    </>
  );
}
