import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useSyncPart } from '#renderer/data/hooks/useSyncStatus.ts';
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
  const [now] = useState(() => Date.now());
  return (
    <div className={classes.page}>
      <Heading />
      <Copying />
      <Figures now={now} />
      <div className={classes.columns}>
        <Days now={now} />
        <Attention now={now} />
      </div>
    </div>
  );
}

// Each draws itself when what it shows changes: while data comes, the charts would cost more than the data.
function Heading() {
  const { t } = useTranslation('overview');
  const words = useRecordWords();
  const lastContact = useSyncPart((status) => status.lastContact);
  const contact = lastContact === '' ? t('neverContacted') : t('contact', { time: words.instant(lastContact) });
  return <PageHeader title={t('title')} description={contact} />;
}

function Copying() {
  const firstSync = useSyncPart((status) => status.firstSync);
  const connection = useSyncPart((status) => status.connection);
  return firstSync.done ? null : <FirstSync progress={firstSync} connection={connection} />;
}

function Figures({ now }: { now: number }) {
  const unsent = useSyncPart((status) => status.unsent);
  const firstSync = useSyncPart((status) => status.firstSync);
  return <OverviewFigures now={now} unsent={unsent} firstSync={firstSync} />;
}

const Days = memo(({ now }: { now: number }) => <OverviewCharts overview={useOverviewDays(now)} />);
Days.displayName = 'Days';

const Attention = memo(({ now }: { now: number }) => {
  const { items, beyond } = useAttention(now);
  const copying = useSyncPart((status) => !status.firstSync.done);
  return <AttentionList items={items} beyond={beyond} copying={copying} />;
});
Attention.displayName = 'Attention';
