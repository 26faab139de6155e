import { IconAlertTriangleFilled, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { textIn } from '#shared/records/readBody.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import { urgencyOf } from './deadline.ts';
import classes from './Privacy.module.css';

/** When a request is due: loud when it is late, gone when it ended. */
export function DueMark({ record }: { record: RecordEnvelope }) {
  const { t } = useTranslation('privacy');
  const words = useRecordWords();
  const dueAt = textIn(record.body, 'dueAt');
  const urgency = urgencyOf(record.status, dueAt, useNow());
  if (urgency === 'ended') {
    const at = textIn(record.body, 'completedAt') || record.updatedAt;
    return <span className={classes.quiet}>{words.instant(at)}</span>;
  }
  return (
    <span className={classes.due} data-urgency={urgency} data-testid="due-mark">
      {urgency === 'overdue' ? (
        <IconAlertTriangleFilled size={14} aria-hidden="true" />
      ) : (
        <IconClock size={14} aria-hidden="true" />
      )}
      <span>
        {urgency === 'overdue' ? `${t('overdue')} · ` : ''}
        <RelativeTime instant={dueAt} />
      </span>
    </span>
  );
}
