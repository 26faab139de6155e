import { useTranslation } from 'react-i18next';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { SyncBadge } from '#renderer/data/replicaApi.ts';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { SyncMark } from '#renderer/ui/SyncMark.tsx';
import { recordPath } from '#renderer/ui/recordPath.ts';
import { DeleteRecord } from './DeleteRecord.tsx';
import classes from './Records.module.css';
import { TransitionButtons } from './TransitionButtons.tsx';

interface RecordHeaderProps {
  resource: Resource;
  record: RecordEnvelope;
  badge: SyncBadge;
}

/** The title row: what it is, its state, whether the server has it, and what can be done with it. */
export function RecordHeader({ resource, record, badge }: RecordHeaderProps) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const { kind } = resource;
  const ownPage = recordPath(kind, record.id, false);
  return (
    <header className={classes.head}>
      <div className={classes.headWords}>
        <div className={classes.marks}>
          <span className={classes.quiet}>{words.kind(kind)}</span>
          {record.status !== '' && (
            <span data-testid="record-status" data-status={record.status}>
              <StatusMark tone={words.tone(kind, record.status)}>{words.state(kind, record.status)}</StatusMark>
            </span>
          )}
          <SyncMark badge={badge} />
          {ownPage !== recordPath(kind, record.id, true) && (
            <span className={classes.quiet}>
              <RecordLink kind={kind} id={record.id}>
                {t('ownPage')}
              </RecordLink>
            </span>
          )}
        </div>
        <h1 className={classes.title}>
          <bdi>{words.title(record)}</bdi>
        </h1>
      </div>
      <div className={classes.headActions}>
        <TransitionButtons resource={resource} record={record} />
        <DeleteRecord resource={resource} record={record} />
      </div>
    </header>
  );
}
