import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { accountAnswerSchema } from '#shared/protocol/accounts.ts';
import { useProof } from '#renderer/data/hooks/useReauthentication.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';

/** Milliseconds that a proof must still hold for an edit to reach the server with it. */
const enough = 30_000;

/**
 * Moves a request on, with a reason. Approving sets off what cannot be undone, so while there is a connection the person proves
 * who they are first; without one the server asks when the edit reaches it.
 */
export function useApproval(id: string): (status: 'approved' | 'refused', reason: string) => Promise<void> {
  const { t } = useTranslation('privacy');
  const problemText = useProblemText();
  const replica = useReplica();
  const prove = useProof();
  const online = useSyncPart((status) => status.connection === 'online' && !status.workOffline);
  return useCallback(
    async (status, reason) => {
      if (online && status === 'approved') {
        const account = await replica.call('GET', '/v1/account');
        const read = account.ok ? accountAnswerSchema.safeParse(account.value) : undefined;
        const proved = read?.success === true && Date.parse(read.data.elevatedUntil) > Date.now() + enough;
        if (account.ok && !proved && !(await prove())) {
          notifications.show({ color: 'red', message: t('act.notProved') });
          return;
        }
      }
      const outcome = await replica.edit('privacyRequest', id, { status, reason });
      if (!outcome.ok) notifications.show({ color: 'red', message: problemText(outcome.error) });
    },
    [replica, prove, online, id, t, problemText],
  );
}
