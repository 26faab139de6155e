import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { resultCsv, resultJson } from './resultFile.ts';
import type { OverState, RunningState } from './simulate.ts';

/** Saves the result of a simulation as a file. */
export function useSaveResult({
  lines,
  tally,
  source,
}: RunningState | OverState): (format: 'csv' | 'json') => Promise<void> {
  const { t } = useTranslation('simulator');
  const words = useRecordWords();
  return async (format) => {
    const result = { lines, tally, names: source.names, simulatedAt: source.now };
    const text = format === 'csv' ? resultCsv(result, (id) => words.name('tenant', id)) : resultJson(result);
    try {
      const saved = await window.steward.file.saveText({
        suggestedName: `simulation-${source.now.slice(0, 10)}.${format}`,
        mimeType: format === 'csv' ? 'text/csv' : 'application/json',
        text,
      });
      if (saved) notifications.show({ message: t('save.done', { path: `\u2068${saved.path}\u2069` }) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      notifications.show({ color: 'red', title: t('save.failed'), message });
    }
  };
}
