import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useProofBeforeEdit } from '#renderer/data/hooks/useProofBeforeEdit.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { failure } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';

/**
 * Writes that give or take rights: the server takes them only from somebody who proved a moment ago who they are. It is asked
 * before the write, since an edit is sent later. Without a connection the write is kept all the same, and the
 * person is told that the server may want the proof then.
 */
export function useProvenWrite(): <Value>(
  write: () => Promise<Result<Value, Problem>>,
) => Promise<Result<Value, Problem>> {
  const { t } = useTranslation('access');
  const proved = useProofBeforeEdit();
  const online = useSyncPart((status) => status.connection === 'online' && !status.workOffline);
  return useCallback(
    async (write) => {
      if (!(await proved())) return failure({ code: 'reauthentication_required', message: t('notProved') });
      const outcome = await write();
      if (!online && outcome.ok) notifications.show({ color: 'violet', message: t('provenLater') });
      return outcome;
    },
    [proved, online, t],
  );
}
