import { CloseButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
import classes from './Notices.module.css';

/** Says that the server has demo accounts with a known password: fine to look around, not for real data. */
export function DemoNotice() {
  const { t } = useTranslation('shell');
  const demo = useSyncPart((status) => status.demo);
  const [closed, setClosed] = useState(false);
  if (!demo || closed) return null;
  return (
    <div className={classes.demo} role="note">
      <p>{t('demo')}</p>
      <CloseButton size="xs" aria-label={t('close')} onClick={() => setClosed(true)} />
    </div>
  );
}
