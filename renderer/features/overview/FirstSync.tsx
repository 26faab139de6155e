import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { SyncStatus } from '#renderer/data/replicaApi.ts';
import classes from './Overview.module.css';

interface FirstSyncProps {
  progress: SyncStatus['firstSync'];
  connection: SyncStatus['connection'];
}

/** How far the first copy of the data has come, collection by collection. */
export function FirstSync({ progress, connection }: FirstSyncProps) {
  const { t } = useTranslation('overview');
  const words = useRecordWords();
  const received = progress.collections.reduce((sum, one) => sum + one.received, 0);
  const remaining = progress.collections.reduce((sum, one) => sum + (one.done ? 0 : (one.remaining ?? 0)), 0);
  const share = received + remaining === 0 ? 0 : (received / (received + remaining)) * 100;
  return (
    <section className={classes.firstSync} aria-label={t('firstSync.title')} aria-live="polite">
      <h2 className={classes.heading}>{t('firstSync.title')}</h2>
      <p className={classes.quiet}>
        {connection === 'online'
          ? t('firstSync.text', { received: words.number(received), remaining: words.number(remaining) })
          : t('firstSync.offline')}
      </p>
      <Progress value={share} aria-label={t('firstSync.title')} mt={8} mb={12} />
      <ul className={classes.collections}>
        {progress.collections.map((one) => (
          <li key={one.collection} data-done={one.done || undefined}>
            <span>{t(`collection.${one.collection}`)}</span>
            <span className={classes.quiet}>
              {one.done
                ? t('firstSync.done', { count: one.received })
                : t('firstSync.received', { count: one.received })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
