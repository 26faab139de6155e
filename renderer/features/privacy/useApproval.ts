import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useProofBeforeEdit } from '#renderer/data/hooks/useProofBeforeEdit.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';

/**
 * Moves a request on, with a reason. Approving sets off what cannot be undone, so while there is a connection the person proves
 * who they are first; without one the server asks when the edit reaches it.
 */
export function useApproval(id: string): (status: 'approved' | 'refused', reason: string) => Promise<void> {
  const { t } = useTranslation('privacy');
  const problemText = useProblemText();
  const replica = useReplica();
  const proved = useProofBeforeEdit();
  return useCallback(
    async (status, reason) => {
      if (status === 'approved' && !(await proved())) {
        notifications.show({ color: 'red', message: t('act.notProved') });
        return;
      }
      const outcome = await replica.edit('privacyRequest', id, { status, reason });
      if (!outcome.ok) notifications.show({ color: 'red', message: problemText(outcome.error) });
    },
    [replica, proved, id, t, problemText],
  );
}
