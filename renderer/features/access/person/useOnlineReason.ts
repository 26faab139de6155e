import { useTranslation } from 'react-i18next';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';

/** Why nothing can be asked of the server now; '' = it can. */
export function useOnlineReason(): string {
  const { t } = useTranslation('access');
  const online = useSyncPart((status) => status.connection === 'online' && !status.workOffline);
  return online ? '' : t('onlineOnly');
}
