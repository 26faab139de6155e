import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useSyncStatus } from '#renderer/data/hooks/useSyncStatus.ts';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import classes from './Shell.module.css';

/** What is true about synchronisation, always in sight. */
export function StatusBar() {
  const { t } = useTranslation('shell');
  const problemText = useProblemText();
  const words = useRecordWords();
  const status = useSyncStatus();
  const { connection, firstSync, unsent, conflicts, refused } = status;
  const waiting = conflicts + refused;
  return (
    <footer className={classes.status} aria-label={t('status.label')}>
      <span
        className={classes.state}
        role="status"
        data-testid="sync-state"
        data-state={connection}
        data-first-sync={firstSync.done ? 'done' : 'running'}
        data-unsent={unsent}
        data-conflicts={waiting}
      >
        {t(status.workOffline ? 'status.workOffline' : `status.${connection}`)}
      </span>
      {!firstSync.done && connection === 'online' && <FirstSyncBar />}
      <Link href="/outbox" className={unsent > 0 ? classes.waiting : undefined}>
        {unsent > 0 ? t('status.unsent', { count: unsent }) : t('status.allSent')}
      </Link>
      {waiting > 0 && <Link href="/inbox">{t('status.inbox', { count: waiting })}</Link>}
      {status.problem && !status.workOffline && (
        <span className={classes.problem} title={problemText(status.problem)}>
          {connection === 'online'
            ? problemText(status.problem)
            : t(`problem.${status.problem.code}`, { defaultValue: problemText(status.problem) })}
        </span>
      )}
      <span className={classes.grow} />
      {status.lastContact !== '' && (
        <span>
          {t('status.lastContact')} <RelativeTime instant={status.lastContact} />
        </span>
      )}
      <span>{t('status.documents', { count: status.documents })}</span>
      <bdi title={status.repairs[0] ? t('status.repaired', { time: words.instant(status.repairs[0].at) }) : undefined}>
        {status.serverUrl.replace(/^https?:\/\//, '')}
      </bdi>
    </footer>
  );
}

/** What is being copied, how much of it, and since when. */
function FirstSyncBar() {
  const { t } = useTranslation(['shell', 'overview']);
  const { firstSync } = useSyncStatus();
  const received = firstSync.collections.reduce((sum, one) => sum + one.received, 0);
  const remaining = firstSync.collections.reduce((sum, one) => sum + (one.done ? 0 : (one.remaining ?? 0)), 0);
  const current = firstSync.collections.find((one) => !one.done && one.received > 0);
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 8 }}>
      <Progress
        w={90}
        size="sm"
        value={received + remaining === 0 ? 0 : (received / (received + remaining)) * 100}
        aria-label={t('status.copying')}
      />
      {t('status.copied', { count: received })}
      {current && ` · ${t(`overview:collection.${current.collection}`)}`}
      {remaining > 0 && ` · ${t('status.toCome', { count: remaining })}`}
      {firstSync.startedAt !== '' && (
        <span>
          · {t('status.begun')} <RelativeTime instant={firstSync.startedAt} />
        </span>
      )}
    </span>
  );
}
