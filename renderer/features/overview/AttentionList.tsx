import { Button } from '@mantine/core';
import {
  IconActivityHeartbeat,
  IconAlertTriangle,
  IconArrowsSplit,
  IconCalendarDue,
  IconCircleCheck,
  IconClockExclamation,
  IconCreditCardOff,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecord } from '#renderer/data/hooks/useRecord.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import type { AttentionItem } from './attention.ts';
import classes from './Overview.module.css';

const shownAtFirst = 12;

const icons = {
  refused_edit: IconAlertTriangle,
  conflict: IconArrowsSplit,
  critical_anomaly: IconActivityHeartbeat,
  payout_failed: IconCreditCardOff,
  task_overdue: IconClockExclamation,
  trial_ending: IconCalendarDue,
} as const;

interface AttentionListProps {
  items: readonly AttentionItem[];
  /** More records like these that are not listed. */
  beyond: number;
  /** Not everything has been looked at yet, so that nothing found does not mean there is nothing. */
  copying: boolean;
}

/** What needs a person, most urgent first, each with the way to its record. */
export function AttentionList({ items, beyond, copying }: AttentionListProps) {
  const { t } = useTranslation('overview');
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, shownAtFirst);
  return (
    <section className={classes.attention} aria-label={t('attention.title')}>
      <h2 className={classes.heading}>
        {t('attention.title')}{' '}
        {items.length > 0 && <span className={classes.quiet}>{t('attention.count', { count: items.length })}</span>}
      </h2>
      {items.length === 0 ? (
        <EmptyState
          icon={<IconCircleCheck size={28} />}
          title={t(copying ? 'attention.copying' : 'attention.empty')}
          description={t('attention.emptyText')}
        />
      ) : (
        <ul className={classes.attentionList}>
          {shown.map((item) => (
            <AttentionLine key={`${item.type}/${item.recordId}/${item.at}`} item={item} />
          ))}
        </ul>
      )}
      {shown.length < items.length && (
        <Button variant="subtle" size="xs" onClick={() => setAll(true)}>
          {t('attention.more', { count: items.length - shown.length })}
        </Button>
      )}
      {beyond > 0 && <p className={classes.quiet}>{t('attention.beyond', { count: beyond })}</p>}
    </section>
  );
}

function AttentionLine({ item }: { item: AttentionItem }) {
  const { t } = useTranslation('overview');
  const words = useRecordWords();
  const found = useRecord(item.kind, item.recordId);
  const Icon = icons[item.type];
  const inInbox = item.type === 'refused_edit' || item.type === 'conflict';
  return (
    <li className={classes.attentionLine} data-type={item.type}>
      <Icon size={16} className={classes.attentionIcon} aria-hidden="true" />
      <span className={classes.attentionText}>
        <RecordLink kind={item.kind} id={item.recordId} href={inInbox ? '/inbox' : undefined}>
          {found ? words.title(found.record) : item.recordId}
        </RecordLink>
        <span className={classes.quiet}>
          {t(`attention.${item.type}`)} · <RelativeTime instant={item.at} />
        </span>
      </span>
    </li>
  );
}
