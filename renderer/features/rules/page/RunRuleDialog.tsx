import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandInput } from '#shared/domain/automation/commands.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { resources } from '#shared/resources/registry.ts';
import { useRecordChoices } from '#renderer/data/hooks/useRecordChoices.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { JsonEditor } from '#renderer/ui/JsonEditor.tsx';
import classes from '../Rules.module.css';

interface RunRuleDialogProps {
  record: RecordEnvelope;
  onRun: (args: Omit<CommandInput<'runRule'>, 'ruleId'>) => void;
  onClose: () => void;
}

/** Logs are never what a rule works on. */
const leftOut = new Set(['run', 'event', 'auditEntry', 'command', 'ruleRevision', 'ruleTest', 'notification']);

/** Runs a rule by hand, with a record and data where its steps need them. */
export function RunRuleDialog({ record, onRun, onClose }: RunRuleDialogProps) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const trigger = record.body['trigger'];
  const [kind, setKind] = useState(
    isJsonObject(trigger) && typeof trigger['kind'] === 'string' ? trigger['kind'] : 'tenant',
  );
  const [recordId, setRecordId] = useState(kind === 'tenant' ? record.tenantId : '');
  const [text, setText] = useState('{}');
  const data = readObject(text);
  const choices = useRecordChoices(kind, recordId);
  const kinds = resources
    .filter((one) => !leftOut.has(one.kind))
    .map((one) => ({ value: one.kind, label: words.kind(one.kind) }))
    .sort((left, right) => left.label.localeCompare(right.label));
  return (
    <Modal opened onClose={onClose} title={t('runNow.title', { name: words.title(record) })} size="lg" centered>
      <Stack gap="md">
        <p className={classes.prose}>{t('runNow.text')}</p>
        <Group grow align="flex-start">
          <Select
            label={t('runNow.kind')}
            data={kinds}
            value={kind}
            searchable
            allowDeselect={false}
            onChange={(value) => {
              setKind(value ?? 'tenant');
              setRecordId('');
            }}
          />
          <Select
            label={t('runNow.record')}
            description={t('runNow.optional')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            searchable
            clearable
            {...choices}
            value={recordId === '' ? null : recordId}
            nothingFoundMessage={t('nothingFound')}
            data-testid="run-record"
            onChange={(value) => setRecordId(value ?? '')}
          />
        </Group>
        <JsonEditor
          label={t('runNow.data')}
          help={t('runNow.dataHelp')}
          value={text}
          onChange={setText}
          error={data === undefined ? t('notAnObject') : undefined}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            disabled={data === undefined}
            data-testid="confirm-run"
            onClick={() => data && onRun({ ...(recordId === '' ? {} : { recordKind: kind, recordId }), data })}
          >
            {t('runNow.button')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function readObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
