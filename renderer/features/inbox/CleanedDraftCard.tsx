import { Alert, Button } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRecord } from '#renderer/data/hooks/useRecord.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { InboxEntry } from '#renderer/data/replicaApi.ts';
import { EntryCard } from './EntryCard.tsx';
import classes from './Inbox.module.css';
import { useResolve } from './useResolve.tsx';

interface CleanedDraftCardProps {
  entry: Extract<InboxEntry, { type: 'draft_cleaned' }>;
  current: boolean;
}

/** A person was erased who stood in something typed here and never saved: what became of it. */
export function CleanedDraftCard({ entry, current }: CleanedDraftCardProps) {
  const { t } = useTranslation('inbox');
  const { settle } = useResolve();
  const words = useRecordWords();
  const found = useRecord(entry.kind, entry.recordId);
  return (
    <EntryCard
      entry={entry}
      current={current}
      testId={`cleaned-${entry.recordId}`}
      name={words.title(found?.record)}
      explanation={
        <Alert
          color="gray"
          variant="light"
          icon={<IconInfoCircle size={18} />}
          title={t('cleaned.title')}
          styles={{ label: { color: 'var(--mantine-color-text)' } }}
        >
          {t(`cleaned.${entry.outcome}`)}
        </Alert>
      }
    >
      {!entry.resolved && (
        <footer className={classes.actions}>
          <span className={classes.spread} />
          <Button size="xs" data-testid="dismiss" onClick={() => void settle(entry, 'theirs', 'toast.dismissed')}>
            {t('invalid.dismiss')}
          </Button>
        </footer>
      )}
    </EntryCard>
  );
}
