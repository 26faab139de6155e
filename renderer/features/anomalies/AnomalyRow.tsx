import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { SyncBadge } from '#renderer/data/replicaApi.ts';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { SyncMark } from '#renderer/ui/SyncMark.tsx';
import classes from './Anomalies.module.css';
import { SeverityMark } from './SeverityMark.tsx';

interface AnomalyRowProps {
  record: RecordEnvelope;
  badge: SyncBadge;
  current: boolean;
  onSelect: () => void;
}

/** One anomaly in the triage list: how bad, what, where, when, and who has it. */
export function AnomalyRow({ record, badge, current, onSelect }: AnomalyRowProps) {
  const { t } = useTranslation('anomalies');
  const words = useRecordWords();
  const count = numberIn(record.body, 'count', 1);
  return (
    <button
      type="button"
      className={classes.row}
      aria-current={current || undefined}
      data-testid={`anomaly-row-${record.id}`}
      onClick={onSelect}
    >
      <span className={classes.rowTop}>
        <SeverityMark severity={textIn(record.body, 'severity')} />
        <span className={classes.rowTitle}>{words.title(record)}</span>
        {count > 1 && (
          <span className={classes.count} title={t('seen', { count })}>
            ×{words.number(count)}
          </span>
        )}
      </span>
      <span className={classes.rowBottom}>
        <StatusMark tone={words.tone('anomaly', record.status)}>{words.state('anomaly', record.status)}</StatusMark>
        <span className={classes.ellipsis}>{textIn(record.body, 'component')}</span>
        {badge !== 'synced' && <SyncMark badge={badge} />}
        <span className={classes.end}>
          <RelativeTime instant={textIn(record.body, 'lastSeenAt') || record.updatedAt} />
        </span>
      </span>
    </button>
  );
}
