import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { textIn } from '#shared/records/readBody.ts';
import { useAnomalyActions } from './useAnomalyActions.ts';

/** Notes of the people working on it. What is typed stays until it is saved or taken back. */
export function AnomalyNotes({ record }: { record: RecordEnvelope }) {
  const { t } = useTranslation('anomalies');
  const actions = useAnomalyActions();
  const stored = textIn(record.body, 'notes');
  const [typed, setTyped] = useState<string>();
  const dirty = typed !== undefined && typed !== stored;
  const save = async () => {
    await actions.saveNotes(record, typed ?? stored);
    setTyped(undefined);
  };
  return (
    <div>
      <Textarea
        label={t('notes')}
        autosize
        minRows={2}
        maxRows={10}
        data-testid="anomaly-notes"
        readOnly={!actions.mayEdit(record)}
        value={typed ?? stored}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {dirty && (
        <Group gap="xs" mt={8}>
          <Button size="xs" data-testid="save-notes" onClick={() => void save()}>
            {t('saveNotes')}
          </Button>
          <Button size="xs" variant="default" onClick={() => setTyped(undefined)}>
            {t('undoNotes')}
          </Button>
        </Group>
      )}
    </div>
  );
}
