import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';

/** Asks the server for the person's data and saves it where the person says. */
export function useExport(id: string): { busy: boolean; run: () => Promise<void> } {
  const { t } = useTranslation('privacy');
  const problemText = useProblemText();
  const replica = useReplica();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    const outcome = await replica.call('GET', `/v1/privacy/requests/${encodeURIComponent(id)}/export`);
    setBusy(false);
    if (!outcome.ok) {
      notifications.show({ color: 'red', message: problemText(outcome.error) });
      return;
    }
    const text = `${JSON.stringify(outcome.value, null, 2)}\n`;
    const suggestedName = `personal-data-${id}.json`;
    const saved = await window.steward.file.saveText({ suggestedName, mimeType: 'application/json', text });
    if (saved) notifications.show({ message: t('act.saved', { path: saved.path }) });
  };
  return { busy, run };
}
