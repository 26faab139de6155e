import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkEventData } from '#shared/domain/automation/events/checkEventData.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useStepsAccess } from '#renderer/data/hooks/useStepsAccess.ts';
import type { CommandControl } from '#renderer/data/hooks/useCommand.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { JsonEditor } from '#renderer/ui/JsonEditor.tsx';
import { useToldText } from '#renderer/ui/problems/useProblemText.ts';
import classes from './Events.module.css';
import { useEventSchema } from './useEventSchema.ts';

interface EditEventDialogProps {
  record: RecordEnvelope;
  control: CommandControl;
  onClose: () => void;
}

/** Corrects the data of a failed event, checked here as the server will, and has it processed again. */
export function EditEventDialog({ record, control, onClose }: EditEventDialogProps) {
  const { t } = useTranslation('automation');
  const toldText = useToldText();
  const words = useRecordWords();
  const before = useMemo(() => JSON.stringify(record.body['data'] ?? {}, null, 2), [record.body]);
  const [text, setText] = useState(before);
  const schema = useEventSchema(record);
  const steps = useStepsAccess();
  const edit = async (data: JsonObject) => {
    onClose();
    if (await steps.prove(steps.ofEvent(record)))
      await control.give('editEvent', { eventId: record.id, data }, record.tenantId);
  };
  const checked = useMemo(() => checkText(text, schema), [text, schema]);
  const fault =
    checked.state === 'not_json'
      ? t('notAnObject')
      : checked.state === 'fault'
        ? t('events.fault', { path: checked.path, message: toldText(checked.message) })
        : undefined;
  return (
    <Modal opened onClose={onClose} title={t('events.editTitle', { name: words.title(record) })} size="lg" centered>
      <Stack gap="md">
        {typeof record.body['error'] === 'string' && record.body['error'] !== '' && (
          <p className={classes.detailError}>
            <bdi>{record.body['error']}</bdi>
          </p>
        )}
        <JsonEditor
          label={words.field('event', 'body.data')}
          help={t(schema ? 'events.editHelp' : 'events.noSchema')}
          value={text}
          onChange={setText}
          error={fault}
          data-testid="event-data"
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            disabled={checked.state !== 'good'}
            data-testid="confirm-edit"
            onClick={() => {
              if (checked.state === 'good') void edit(checked.data);
            }}
          >
            {t('events.editConfirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

type Checked =
  | { state: 'good'; data: JsonObject }
  | { state: 'not_json' }
  | { state: 'fault'; path: string; message: string };

function checkText(text: string, schema: JsonObject | undefined): Checked {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { state: 'not_json' };
  }
  if (!isJsonObject(data)) return { state: 'not_json' };
  const outcome = schema ? checkEventData(schema, data) : undefined;
  return outcome && !outcome.ok ? { state: 'fault', ...outcome.error } : { state: 'good', data };
}
