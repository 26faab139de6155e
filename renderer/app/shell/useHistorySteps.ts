import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/kernel/errors.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { EditHistory } from '#renderer/data/undoableReplica.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';

/** Undo and redo that say what they did, or why they could not. */
export function useHistorySteps(history: EditHistory): { undo: () => void; redo: () => void } {
  const { t } = useTranslation('shell');
  const problemText = useProblemText();
  const run = useCallback(
    async (step: () => Promise<Result<undefined, Problem>>, done: string) => {
      const outcome = await step();
      notifications.show(
        outcome.ok
          ? { message: t(done), autoClose: 2500 }
          : { color: 'red', title: t('undoFailed'), message: problemText(outcome.error) },
      );
    },
    [t, problemText],
  );
  return {
    undo: () => void run(history.undo, 'undone'),
    redo: () => void run(history.redo, 'redone'),
  };
}
