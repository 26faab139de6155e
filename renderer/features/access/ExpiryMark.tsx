import { IconClockExclamation, IconClockX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import classes from './Access.module.css';
import { grantState } from './holders.ts';

/** Until when a role is held; what ends within days or has ended is marked. */
export function ExpiryMark({ expiresAt }: { expiresAt: string }) {
  const { t } = useTranslation('access');
  const now = useNow();
  const state = grantState({ expiresAt }, now);
  if (state === 'lasting') return <span className={classes.quiet}>{t('grants.lasting')}</span>;
  return (
    <span className={classes.expiry} data-state={state}>
      {state === 'soon' && <IconClockExclamation size={14} aria-hidden="true" />}
      {state === 'over' && <IconClockX size={14} aria-hidden="true" />}
      {t(state === 'over' ? 'grants.over' : 'grants.ends')} <RelativeTime instant={expiresAt} />
    </span>
  );
}
