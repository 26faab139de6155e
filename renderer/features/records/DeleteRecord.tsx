import { ActionIcon } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { accessTargetOf } from '#shared/domain/access/decideAccess.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { WhyOff } from '#renderer/ui/WhyOff.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import classes from './Records.module.css';
import { keepDraft } from './recordDraft.ts';

/** Deletes a record after asking. Absent for kinds that only the server writes. */
export function DeleteRecord({ resource, record }: { resource: Resource; record: RecordEnvelope }) {
  const { t } = useTranslation('records');
  const problemText = useProblemText();
  const words = useRecordWords();
  const replica = useReplica();
  const access = useAccess();
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState(false);
  if (resource.writer === 'server') return null;
  const whyNot = access(`${resource.permission}.delete`, accessTargetOf(record));

  const remove = async () => {
    setAsking(false);
    const result = await replica.remove(record.kind, record.id);
    if (!result.ok) {
      notifications.show({ color: 'red', title: t('delete.failed'), message: problemText(result.error) });
      return;
    }
    keepDraft(record.kind, record.id, {});
    navigate(`/records/${record.kind}`);
  };
  return (
    <>
      <WhyOff whyNot={whyNot}>
        {(explain) => (
          <ActionIcon
            variant="subtle"
            color={whyNot === '' ? 'red' : 'gray'}
            size="md"
            title={whyNot === '' ? t('delete.act') : undefined}
            aria-label={t('delete.act')}
            aria-disabled={whyNot !== '' || undefined}
            aria-description={whyNot === '' ? undefined : whyNot}
            data-disabled={whyNot !== '' || undefined}
            data-testid="delete"
            onClick={() => (whyNot === '' ? setAsking(true) : explain())}
          >
            <IconTrash size={16} />
          </ActionIcon>
        )}
      </WhyOff>
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
