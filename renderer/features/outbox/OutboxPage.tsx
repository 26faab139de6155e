import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/kernel/errors.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import { useInbox } from '#renderer/data/hooks/useInbox.ts';
import { useOutbox } from '#renderer/data/hooks/useOutbox.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncStatus } from '#renderer/data/hooks/useSyncStatus.ts';
import { patchBetween } from '#renderer/data/patchBetween.ts';
import type { OutboxEntry, Replica } from '#renderer/data/replicaApi.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { VirtualList } from '#renderer/ui/VirtualList.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import classes from './Outbox.module.css';
import { OutboxRow } from './OutboxRow.tsx';
import { waitingReason } from './waitingReason.ts';

/** Every edit that the server does not have yet: what it is, why it waits, and a way to take it back. */
export function OutboxPage() {
  const { t } = useTranslation('outbox');
  const entries = useOutbox();
  const inbox = useInbox();
  const status = useSyncStatus();
  const [asked, setAsked] = useState<OutboxEntry>();
  const newestFirst = [...entries].sort((left, right) => right.editedAt.localeCompare(left.editedAt));
  return (
    <div className={classes.page}>
      <PageHeader
        title={t('title')}
        description={entries.length === 0 ? undefined : t('subtitle', { count: entries.length })}
      />
      {entries.length === 0 ? (
        <EmptyState icon={<IconCircleCheck size={32} />} title={t('empty.title')} description={t('empty.text')} />
      ) : (
        <VirtualList
          items={newestFirst}
          keyOf={(entry) => entry.id}
          estimate={150}
          label={t('title')}
          render={(entry) => (
            <OutboxRow
              entry={entry}
              waiting={waitingReason(status, entry.mine.id, inbox)}
              onWithdraw={() => setAsked(entry)}
            />
          )}
        />
      )}
      {asked && <WithdrawDialog entry={asked} onClose={() => setAsked(undefined)} />}
    </div>
  );
}

function WithdrawDialog({ entry, onClose }: { entry: OutboxEntry; onClose: () => void }) {
  const { t } = useTranslation('outbox');
  const problemText = useProblemText();
  const words = useRecordWords();
  const replica = useReplica();
  const title = words.title(entry.mine) || words.title(entry.base);
  const withdraw = async () => {
    onClose();
    const result = await replica.withdraw(entry.kind, entry.mine.id);
    if (!result.ok) {
      notifications.show({ color: 'red', title: t('withdraw.failed'), message: problemText(result.error) });
      return;
    }
    const id = `withdrawn-${entry.id}`;
    const undo = async () => {
      notifications.hide(id);
      const again = await repeatEdit(replica, entry);
      if (again) notifications.show({ color: 'red', title: t('withdraw.undoFailed'), message: problemText(again) });
    };
    notifications.show({
      id,
      autoClose: 10_000,
      title: t('withdraw.done', { title }),
      message: (
        <Button variant="subtle" size="compact-sm" onClick={() => void undo()}>
          {t('withdraw.undo')}
        </Button>
      ),
    });
  };
  return (
    <ReasonDialog
      reason="none"
      danger
      words={{ title: t('withdraw.title', { title }), confirm: t('withdraw.confirm'), cancel: t('withdraw.cancel') }}
      onConfirm={() => void withdraw()}
      onClose={onClose}
    >
      {t(`withdraw.text_${entry.operation}`)}
    </ReasonDialog>
  );
}

/** Makes a withdrawn edit once more; the refusal where that is no longer possible. */
async function repeatEdit(replica: Replica, entry: OutboxEntry): Promise<Problem | undefined> {
  const { mine } = entry;
  if (isTombstone(mine)) {
    const removed = await replica.remove(entry.kind, mine.id);
    return removed.ok ? undefined : removed.error;
  }
  const patch = patchBetween(entry.base, mine);
  const result = patch
    ? await replica.edit(entry.kind, mine.id, { ...patch, ...(entry.reason ? { reason: entry.reason } : {}) })
    : await replica.create(entry.kind, mine.tenantId, mine.body, { assignedTo: mine.assignedTo });
  return result.ok ? undefined : result.error;
}
