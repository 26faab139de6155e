import { Button, Modal, Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useRecordChoices } from '#renderer/data/hooks/useRecordChoices.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ListFilter } from '#renderer/data/replicaApi.ts';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { useAnomalyActions } from './useAnomalyActions.ts';

export interface OpenDialog {
  type: 'resolved' | 'false_positive' | 'assign' | 'snooze';
  record: RecordEnvelope;
}

interface AnomalyDialogProps {
  dialog: OpenDialog;
  now: number;
  onClose: () => void;
}

/** Asks for what an act needs: the reason of a verdict, the person, or the time to sleep until. */
export function AnomalyDialog({ dialog, now, onClose }: AnomalyDialogProps) {
  const { t } = useTranslation('anomalies');
  const words = useRecordWords();
  const actions = useAnomalyActions();
  const { type, record } = dialog;
  const title = words.title(record);
  if (type === 'assign') return <AssignDialog record={record} onClose={onClose} />;
  if (type === 'snooze') return <SnoozeDialog record={record} now={now} onClose={onClose} />;
  return (
    <ReasonDialog
      reason="required"
      words={{
        title: t(`${type}.title`, { title }),
        confirm: t(`${type}.confirm`),
        cancel: t('cancel'),
        reason: t('reason'),
        reasonHelp: t(`${type}.help`),
        reasonMissing: t('reasonMissing'),
      }}
      onClose={onClose}
      onConfirm={(reason) => {
        onClose();
        void actions.decide(record, type, reason);
      }}
    />
  );
}

const activeStaff: readonly ListFilter[] = [{ path: 'status', operator: 'is', value: 'active' }];

function AssignDialog({ record, onClose }: { record: RecordEnvelope; onClose: () => void }) {
  const { t } = useTranslation('anomalies');
  const words = useRecordWords();
  const actions = useAnomalyActions();
  const staff = useRecordChoices('staff', record.assignedTo, activeStaff);
  const assign = (id: string) => {
    onClose();
    void actions.assign(record, id);
  };
  return (
    <Modal opened onClose={onClose} title={t('assign.title', { title: words.title(record) })} centered>
      <Stack gap="sm">
        {record.assignedTo !== actions.personId && (
          <Button data-autofocus data-testid="assign-me" onClick={() => assign(actions.personId)}>
            {t('assign.me')}
          </Button>
        )}
        <Select
          label={t('assign.other')}
          searchable
          nothingFoundMessage={t('assign.nobody')}
          {...staff}
          value={record.assignedTo || null}
          onChange={(id) => id !== null && assign(id)}
        />
        {record.assignedTo !== '' && (
          <Button variant="default" onClick={() => assign('')}>
            {t('assign.none')}
          </Button>
        )}
      </Stack>
    </Modal>
  );
}

const hour = 3_600_000;
const naps = [
  { key: 'hours', milliseconds: 4 * hour },
  { key: 'day', milliseconds: 24 * hour },
  { key: 'week', milliseconds: 7 * 24 * hour },
] as const;

function SnoozeDialog({ record, now, onClose }: { record: RecordEnvelope; now: number; onClose: () => void }) {
  const { t } = useTranslation('anomalies');
  const words = useRecordWords();
  const actions = useAnomalyActions();
  const until = (instant: string) => {
    onClose();
    void actions.snooze(record, instant);
  };
  return (
    <Modal opened onClose={onClose} title={t('snooze.title', { title: words.title(record) })} centered>
      <Stack gap="xs">
        {naps.map((nap, index) => {
          const instant = new Date(now + nap.milliseconds).toISOString();
          return (
            <Button
              key={nap.key}
              variant="default"
              justify="space-between"
              data-autofocus={index === 0 || undefined}
              rightSection={words.instant(instant)}
              onClick={() => until(instant)}
            >
              {t(`snooze.${nap.key}`)}
            </Button>
          );
        })}
        {record.body['snoozedUntil'] !== '' && record.body['snoozedUntil'] !== undefined && (
          <Button variant="subtle" onClick={() => until('')}>
            {t('snooze.wake')}
          </Button>
        )}
      </Stack>
    </Modal>
  );
}
