import { Badge, Button } from '@mantine/core';
import { IconAlertTriangle, IconArrowsSplit, IconEraser, IconFileAlert } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { InboxEntry } from '#renderer/data/replicaApi.ts';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import classes from './Inbox.module.css';
import { useInboxStore } from './inboxStore.ts';
import { titleOfEntry } from './titleOfEntry.ts';
import { useResolve } from './useResolve.tsx';

const icons = {
  conflict: IconArrowsSplit,
  rejection: IconAlertTriangle,
  invalid_document: IconFileAlert,
  draft_cleaned: IconEraser,
} as const;

interface EntryCardProps {
  entry: InboxEntry;
  current: boolean;
  testId: string;
  /** Of the record, where the entry itself does not know it. */
  name?: string | undefined;
  explanation: ReactNode;
  children: ReactNode;
}

/** The frame of every inbox entry: which record, what happened, when, and the decision below. */
export function EntryCard({ entry, current, testId, name, explanation, children }: EntryCardProps) {
  const { t } = useTranslation('inbox');
  const words = useRecordWords();
  const setCurrent = useInboxStore((state) => state.setCurrent);
  const { reopen } = useResolve();
  const Icon = icons[entry.type];
  const title = name || titleOfEntry(entry, words);
  return (
    <article
      className={classes.card}
      data-testid={testId}
      data-current={current || undefined}
      aria-label={title}
      onFocusCapture={() => setCurrent(entry.id)}
    >
      <header className={classes.cardHead}>
        <Icon size={18} className={classes.icon} data-type={entry.type} aria-hidden="true" />
        <div className={classes.cardTitle}>
          <span className={classes.quiet}>
            {t(`type.${entry.type}`)} · {words.kind(entry.kind)}
          </span>
          <RecordLink kind={entry.kind} id={entry.recordId}>
            {title}
          </RecordLink>
        </div>
        {entry.resolved && (
          <>
            <Badge color="gray" variant="light">
              {t('resolved')}
            </Badge>
            <Button variant="default" size="xs" data-testid="reopen" onClick={() => void reopen(entry.id)}>
              {t('reopen')}
            </Button>
          </>
        )}
        <span className={classes.quiet}>
          <RelativeTime instant={entry.at} />
        </span>
      </header>
      <div className={classes.explanation}>{explanation}</div>
      {children}
    </article>
  );
}
