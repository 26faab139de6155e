import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import type { RecordForm } from './useRecordForm.ts';

export interface SaveRecord {
  save: () => void;
  saving: boolean;
  possible: boolean;
}

/** Saves only what changed, by button and Ctrl+S. Refused edits stay in the form with the reason. */
export function useSaveRecord(form: RecordForm, onSaved: (record: RecordEnvelope) => void): SaveRecord {
  const { t } = useTranslation('records');
  const problemText = useProblemText();
  const replica = useReplica();
  const [saving, setSaving] = useState(false);
  const possible = form.dirtyCount > 0 && form.valid && form.elsewhere.length === 0 && !saving;

  const run = async () => {
    setSaving(true);
    const result = await replica.edit(form.record.kind, form.record.id, form.edited.patch);
    setSaving(false);
    if (result.ok) {
      onSaved(result.value);
      form.revertAll();
      return;
    }
    form.refuse(result.error);
    notifications.show({ color: 'red', title: t('notSaved'), message: problemText(result.error) });
  };
  const save = () => {
    form.attempt();
    if (possible) void run();
  };
  useHotkeys([['mod+S', save, { usePhysicalKeys: true }]], []);
  return { save, saving, possible };
}
