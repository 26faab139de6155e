import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChecklist } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { textIn } from '#shared/records/readBody.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { SyncMark } from '#renderer/ui/SyncMark.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import { VirtualList } from '#renderer/ui/VirtualList.tsx';
import classes from './Inbox.module.css';

/** Tasks to finish and approvals to decide, each with its decision beside it. */
export function TasksTab({ records }: { records: readonly ReplicaRecord[] }) {
  const { t } = useTranslation('inbox');
  const replica = useReplica();
  const [rejecting, setRejecting] = useState<RecordEnvelope>();
  const move = async (record: RecordEnvelope, status: string, reason?: string) => {
    const result = await replica.edit(record.kind, record.id, { status, ...(reason ? { reason } : {}) });
    if (!result.ok) notifications.show({ color: 'red', title: t('toast.failed'), message: result.error.message });
  };
  if (records.length === 0) {
    return (
      <EmptyState
        icon={<IconChecklist size={32} />}
        title={t('tasks.empty.title')}
        description={t('tasks.empty.text')}
      />
    );
  }
  return (
    <>
      <VirtualList
        items={records}
        keyOf={(row) => row.record.id}
        estimate={56}
        label={t('tab.tasks')}
        render={(row) => <TaskRow row={row} onMove={move} onReject={setRejecting} />}
      />
      {rejecting && (
        <ReasonDialog
          reason="required"
          danger
          words={{
            title: t('tasks.rejectTitle'),
            confirm: t('tasks.reject'),
            cancel: t('cancel'),
            reason: t('tasks.reason'),
            reasonMissing: t('tasks.reasonMissing'),
          }}
          onClose={() => setRejecting(undefined)}
          onConfirm={(reason) => {
            setRejecting(undefined);
            void move(rejecting, 'rejected', reason);
          }}
        >
          {textIn(rejecting.body, 'question')}
        </ReasonDialog>
      )}
    </>
  );
}

interface TaskRowProps {
  row: ReplicaRecord;
  onMove: (record: RecordEnvelope, status: string) => Promise<void>;
  onReject: (record: RecordEnvelope) => void;
}

function TaskRow({ row: { record, badge }, onMove, onReject }: TaskRowProps) {
  const { t } = useTranslation('inbox');
  const words = useRecordWords();
  const now = useNow();
  const due = textIn(record.body, 'dueAt');
  const overdue = due !== '' && Date.parse(due) < now;
  return (
    <div className={classes.taskRow} data-testid={`task-row-${record.id}`}>
      <div className={classes.taskTitle}>
        <RecordLink kind={record.kind} id={record.id}>
          {words.title(record)}
        </RecordLink>
        <span className={classes.quiet}>
          {words.kind(record.kind)} · {words.state(record.kind, record.status)}
          {record.tenantId !== '' && ` · ${words.name('tenant', record.tenantId)}`}
        </span>
      </div>
      <SyncMark badge={badge} />
      {due !== '' && (
        <span className={classes.due} data-overdue={overdue || undefined}>
          {overdue ? t('tasks.overdue') : t('tasks.due')} <RelativeTime instant={due} />
        </span>
      )}
      {record.kind === 'task' ? (
        <Button size="xs" variant="default" onClick={() => void onMove(record, 'done')}>
          {t('tasks.done')}
        </Button>
      ) : (
        <>
          <Button size="xs" variant="default" onClick={() => onReject(record)}>
            {t('tasks.reject')}
          </Button>
          <Button size="xs" onClick={() => void onMove(record, 'approved')}>
            {t('tasks.approve')}
          </Button>
        </>
      )}
    </div>
  );
}
