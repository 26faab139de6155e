import { Kbd } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconChecklist } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import type { RecordPatch, ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { VirtualList } from '#renderer/ui/VirtualList.tsx';
import { recordPath } from '#renderer/ui/recordPath.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { ApprovalCard } from './ApprovalCard.tsx';
import classes from './Inbox.module.css';
import { TaskCard } from './TaskCard.tsx';
import { useApprovalAccess } from './useApprovalAccess.ts';

type Decision = 'approved' | 'rejected';

const physical = { usePhysicalKeys: true };
/** No dialog is open above the list, to which the keys would belong. */
const isOnTop = () => document.querySelector('[role="dialog"][aria-modal="true"]') === null;

/** Tasks to finish and approvals to decide, offline too. J and K move, D is done, A approves, R rejects, Enter opens. */
export function TasksTab({ records }: { records: readonly ReplicaRecord[] }) {
  const { t } = useTranslation(['inbox', 'automation']);
  const problemText = useProblemText();
  const words = useRecordWords();
  const replica = useReplica();
  const whyNot = useApprovalAccess();
  const [, navigate] = useLocation();
  const [chosen, setChosen] = useState('');
  const [deciding, setDeciding] = useState<{ record: RecordEnvelope; decision: Decision }>();
  const index = Math.max(
    0,
    records.findIndex((row) => row.record.id === chosen),
  );
  const current = records[index]?.record;

  const write = async (record: RecordEnvelope, patch: RecordPatch) => {
    const result = await replica.edit(record.kind, record.id, patch);
    if (!result.ok) notifications.show({ color: 'red', title: t('toast.failed'), message: problemText(result.error) });
  };
  const move = (by: 1 | -1) => {
    const next = records[Math.min(records.length - 1, Math.max(0, index + by))];
    if (next) setChosen(next.record.id);
  };
  const done = () => {
    if (current?.kind !== 'task') return;
    // The one behind it is next.
    setChosen(records[index + 1]?.record.id ?? '');
    void write(current, { status: 'done' });
  };
  const ask = (decision: Decision) => {
    if (current?.kind === 'approval' && whyNot(current) === '') setDeciding({ record: current, decision });
  };
  useHotkeys([
    ['J', () => isOnTop() && move(1), physical],
    ['K', () => isOnTop() && move(-1), physical],
    ['D', () => isOnTop() && done(), physical],
    ['A', () => isOnTop() && ask('approved'), physical],
    ['R', () => isOnTop() && ask('rejected'), physical],
    [
      'Enter',
      ({ target }) => {
        const isControl = target instanceof Element && target.closest('a, button') !== null;
        if (isOnTop() && !isControl && current) navigate(recordPath(current.kind, current.id, false));
      },
      { ...physical, preventDefault: false },
    ],
  ]);

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
      <div className={classes.toolbar}>
        <span>
          <Kbd size="xs">J</Kbd> <Kbd size="xs">K</Kbd> {t('keys.move')} · <Kbd size="xs">D</Kbd>{' '}
          {t('automation:approvals.done')} · <Kbd size="xs">A</Kbd> {t('automation:approvals.approve')} ·{' '}
          <Kbd size="xs">R</Kbd> {t('automation:approvals.reject')}
        </span>
      </div>
      <VirtualList
        items={records}
        keyOf={(row) => row.record.id}
        estimate={72}
        label={t('tab.tasks')}
        current={current?.id}
        render={(row) =>
          row.record.kind === 'approval' ? (
            <ApprovalCard
              row={row}
              current={row.record === current}
              whyNot={whyNot(row.record)}
              onDecide={(decision) => setDeciding({ record: row.record, decision })}
            />
          ) : (
            <TaskCard
              row={row}
              current={row.record === current}
              onMove={(status) => void write(row.record, { status })}
            />
          )
        }
      />
      {deciding && (
        <ReasonDialog
          reason={deciding.decision === 'rejected' ? 'required' : 'optional'}
          danger={deciding.decision === 'rejected'}
          words={{
            title: t(deciding.decision === 'rejected' ? 'tasks.rejectTitle' : 'automation:approvals.approveTitle'),
            confirm: t(
              deciding.decision === 'rejected' ? 'automation:approvals.reject' : 'automation:approvals.approve',
            ),
            cancel: t('cancel'),
            reason: t(deciding.decision === 'rejected' ? 'tasks.reason' : 'automation:approvals.comment'),
            reasonHelp: t('automation:approvals.commentHelp'),
            reasonMissing: t('tasks.reasonMissing'),
          }}
          onClose={() => setDeciding(undefined)}
          onConfirm={(comment) => {
            const { record, decision } = deciding;
            setDeciding(undefined);
            void write(record, {
              status: decision,
              ...(comment === '' ? {} : { reason: comment, body: { comment } }),
            });
          }}
        >
          <p className={classes.explanation} dir="auto">
            {words.title(deciding.record)}
          </p>
        </ReasonDialog>
      )}
    </>
  );
}
