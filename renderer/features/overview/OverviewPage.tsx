import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useSyncStatus } from '#renderer/data/hooks/useSyncStatus.ts';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { AttentionList } from './AttentionList.tsx';
import { FirstSync } from './FirstSync.tsx';
import classes from './Overview.module.css';
import { OverviewCharts } from './OverviewCharts.tsx';
import { OverviewFigures } from './OverviewFigures.tsx';
import { useAttention } from './useAttention.ts';
import { useOverviewDays } from './useOverviewDays.ts';

/** Where the platform stands: counts, the last thirty days, and what needs a person. */
export function OverviewPage() {
  const { t } = useTranslation('overview');
  const words = useRecordWords();
  const status = useSyncStatus();
  const [now] = useState(() => Date.now());
  const days = useOverviewDays(now);
  const attention = useAttention(now);
  const contact =
    status.lastContact === '' ? t('neverContacted') : t('contact', { time: words.instant(status.lastContact) });
  return (
    <div className={classes.page}>
      <PageHeader title={t('title')} description={contact} />
      {!status.firstSync.done && <FirstSync progress={status.firstSync} connection={status.connection} />}
      <OverviewFigures now={now} unsent={status.unsent} firstSync={status.firstSync} />
      <div className={classes.columns}>
        <OverviewCharts overview={days} />
        <AttentionList items={attention.items} beyond={attention.beyond} />
      </div>
    </div>
  );
}
