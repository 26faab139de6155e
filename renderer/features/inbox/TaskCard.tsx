import { Button } from '@mantine/core';
import { IconSquareCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { textIn } from '#shared/records/readBody.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { SyncMark } from '#renderer/ui/SyncMark.tsx';
import { DueMark } from './DueMark.tsx';
import classes from './Work.module.css';

interface TaskCardProps {
  row: ReplicaRecord;
  current: boolean;
  onMove: (status: 'in_progress' | 'done') => void;
}

/** A task: what is to be done, for whom, until when, and that it is done. */
export function TaskCard({ row: { record, badge }, current, onMove }: TaskCardProps) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const { body } = record;
  const [relatedKind, relatedId] = [textIn(body, 'relatedKind'), textIn(body, 'relatedId')];
  const priority = textIn(body, 'priority');
  return (
    <article
      className={classes.card}
      data-current={current || undefined}
      aria-label={words.title(record)}
      data-testid={`task-row-${record.id}`}
    >
      <header className={classes.cardHead}>
        <IconSquareCheck size={18} className={classes.icon} aria-hidden="true" />
        <div className={classes.words}>
          <span className={classes.title} dir="auto">
            <RecordLink kind="task" id={record.id}>
              {words.title(record)}
            </RecordLink>
          </span>
          <span className={classes.quiet}>
            <StatusMark tone={words.tone('task', record.status)}>{words.state('task', record.status)}</StatusMark>
            {(priority === 'high' || priority === 'urgent') && (
              <b className={classes.urgent}> · {words.value('task', 'body.priority', priority)}</b>
            )}
            {record.tenantId !== '' && (
              <>
                {' · '}
                <RecordLink kind="tenant" id={record.tenantId}>
                  <bdi>{words.name('tenant', record.tenantId)}</bdi>
                </RecordLink>
              </>
            )}
            {relatedId !== '' && relatedId !== record.tenantId && (
              <>
                {' · '}
                <RecordLink kind={relatedKind} id={relatedId}>
                  <bdi>{words.name(relatedKind, relatedId)}</bdi>
                </RecordLink>
              </>
            )}
          </span>
        </div>
        <DueMark instant={textIn(body, 'dueAt')} />
        <SyncMark badge={badge} />
        {record.status === 'open' && (
          <Button variant="subtle" data-testid={`begin-${record.id}`} onClick={() => onMove('in_progress')}>
            {t('approvals.begin')}
          </Button>
        )}
        <Button variant="default" data-testid={`done-${record.id}`} onClick={() => onMove('done')}>
          {t('approvals.done')}
        </Button>
      </header>
    </article>
  );
}
