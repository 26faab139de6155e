import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useProof } from '#renderer/data/hooks/useReauthentication.ts';
import { useReplica } from '#renderer/data/hooks/useReplica.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import { accountAnswerSchema } from '#shared/protocol/accounts.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { failure } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';

/** Milliseconds that a proof must still hold for an edit to reach the server with it. */
const enough = 30_000;

/**
 * Writes that give or take rights: the server takes them only from somebody who proved a moment ago who they are. It is asked
 * before the write, since an edit is sent later. Without a connection the write is kept all the same, and the
 * person is told that the server may want the proof then.
 */
export function useProvenWrite(): <Value>(
  write: () => Promise<Result<Value, Problem>>,
) => Promise<Result<Value, Problem>> {
  const { t } = useTranslation('access');
  const replica = useReplica();
  const prove = useProof();
  const online = useSyncPart((status) => status.connection === 'online' && !status.workOffline);
  return useCallback(
    async (write) => {
      if (online) {
        const account = await replica.call('GET', '/v1/account');
        const read = account.ok ? accountAnswerSchema.safeParse(account.value) : undefined;
        const until = read?.success ? Date.parse(read.data.elevatedUntil) : Number.NaN;
        const proved = until > Date.now() + enough;
        if (account.ok && !proved && !(await prove()))
          return failure({ code: 'reauthentication_required', message: t('notProved') });
      }
      const outcome = await write();
      if (!online && outcome.ok) notifications.show({ color: 'violet', message: t('provenLater') });
      return outcome;
    },
    [replica, prove, online, t],
  );
}
