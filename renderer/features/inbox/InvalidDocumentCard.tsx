import { Alert, Button, Code, CopyButton } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { InboxEntry } from '#renderer/data/replicaApi.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { EntryCard } from './EntryCard.tsx';
import classes from './Inbox.module.css';
import { useResolve } from './useResolve.tsx';

interface InvalidDocumentCardProps {
  entry: Extract<InboxEntry, { type: 'invalid_document' }>;
  current: boolean;
}

/** A document of the server that this console could not read: what is wrong, where, and the document itself. */
export function InvalidDocumentCard({ entry, current }: InvalidDocumentCardProps) {
  const { t } = useTranslation('inbox');
  const problemText = useProblemText();
  const words = useRecordWords();
  const { settle } = useResolve();
  const json = JSON.stringify(entry.document, null, 2);
  return (
    <EntryCard
      entry={entry}
      current={current}
      testId={`invalid-${entry.recordId}`}
      explanation={
        <Alert
          color="orange"
          variant="light"
          icon={<IconInfoCircle size={18} />}
          title={t('invalid.title')}
          styles={{ label: { color: 'var(--mantine-color-text)' } }}
        >
          {problemText(entry.problem)}
          {entry.problem.path && (
            <p className={classes.path}>
              {t('invalid.where', { field: words.field(entry.kind, entry.problem.path), path: entry.problem.path })}
            </p>
          )}
          <p className={classes.path}>{t('invalid.next')}</p>
        </Alert>
      }
    >
      <Code block className={classes.json} dir="ltr" tabIndex={0} aria-label={t('invalid.document')}>
        {json}
      </Code>
      {!entry.resolved && (
        <footer className={classes.actions}>
          <span className={classes.spread} />
          <CopyButton value={json}>
            {({ copied, copy }) => (
              <Button variant="default" size="xs" onClick={copy}>
                {copied ? t('invalid.copied') : t('invalid.copy')}
              </Button>
            )}
          </CopyButton>
          <Button size="xs" data-testid="dismiss" onClick={() => void settle(entry, 'theirs', 'toast.dismissed')}>
            {t('invalid.dismiss')}
          </Button>
        </footer>
      )}
    </EntryCard>
  );
}
