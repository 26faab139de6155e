import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import { tenant } from '#shared/resources/tenants/tenant.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { RecordList, SyncStatus } from '#renderer/data/replicaApi.ts';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import { isOverdueTask } from './attention.ts';
import classes from './Overview.module.css';
import { recordsOf } from './useOverview.ts';
import type { Overview } from './useOverview.ts';

interface OverviewFiguresProps {
  overview: Overview;
  unsent: number;
  firstSync: SyncStatus['firstSync'];
}

/** The numbers of the day, each a way to the list behind it. A number is shown only once its data has arrived. */
export function OverviewFigures({ overview, unsent, firstSync }: OverviewFiguresProps) {
  const { t } = useTranslation('overview');
  const words = useRecordWords();
  const now = useNow();
  const arrived = (collection: ReplicatedCollection) =>
    firstSync.done || (firstSync.collections.find((one) => one.collection === collection)?.done ?? false);
  const known = (list: RecordList, collection: ReplicatedCollection, count: number) =>
    list.state === 'ready' && arrived(collection) ? words.number(count) : '…';

  const open = recordsOf(overview.anomalies).filter(
    (record) => record.status === 'detected' || record.status === 'investigating',
  );
  const critical = open.filter((record) => textIn(record.body, 'severity') === 'critical').length;
  const high = open.filter((record) => textIn(record.body, 'severity') === 'high').length;
  const pending = recordsOf(overview.payouts).filter((record) => record.status === 'pending');
  const failedPayouts = overview.payouts.rows.length - pending.length;
  const openTasks = recordsOf(overview.tasks).filter(
    (record) => record.status === 'open' || record.status === 'in_progress',
  );
  const overdue = openTasks.filter((record) => isOverdueTask(record, now)).length;
  const waiting = overview.inbox.filter((entry) => !entry.resolved).length;
  const oldest = Math.max(0, ...recordsOf(overview.failedEvents).map((record) => numberIn(record.body, 'attempts')));
  return (
    <>
      <div className={classes.figures}>
        <Figure
          href="/tenants"
          name={t('figure.tenants')}
          testId="overview-tenants"
          value={known(overview.tenants, 'tenants', overview.tenants.rows.length)}
        />
        <Figure
          href="/records/rule"
          name={t('figure.rules')}
          value={known(overview.rules, 'automation', overview.rules.rows.length)}
        >
          {overview.rules.state === 'ready' && t('figure.ofRules', { count: overview.rules.total })}
        </Figure>
        <Figure href="/anomalies" name={t('figure.anomalies')} value={known(overview.anomalies, 'health', open.length)}>
          {t('figure.severe', { critical, high })}
        </Figure>
        <Figure
          href="/records/payout"
          name={t('figure.payouts')}
          value={known(overview.payouts, 'referrals', pending.length)}
        >
          {failedPayouts > 0 && t('figure.failedPayouts', { count: failedPayouts })}
        </Figure>
        <Figure
          href="/records/event"
          name={t('figure.events')}
          value={known(overview.failedEvents, 'events', overview.failedEvents.rows.length)}
        >
          {oldest > 0 && t('figure.attempts', { count: oldest })}
        </Figure>
        <Figure href="/inbox" name={t('figure.tasks')} value={known(overview.tasks, 'runs', openTasks.length)}>
          {overdue > 0 && t('figure.overdue', { count: overdue })}
        </Figure>
        <Figure href="/outbox" name={t('figure.unsent')} value={words.number(unsent)} waiting={unsent > 0}>
          {waiting > 0 ? t('figure.inbox', { count: waiting }) : t('figure.inboxEmpty')}
        </Figure>
      </div>
      <TenantStates tenants={overview.tenants} />
    </>
  );
}

interface FigureProps {
  href: string;
  name: string;
  value: string;
  testId?: string;
  waiting?: boolean;
  children?: ReactNode;
}

function Figure({ href, name, value, testId, waiting, children }: FigureProps) {
  return (
    <Link href={href} className={classes.figure} data-waiting={waiting || undefined}>
      <span className={classes.figureName}>{name}</span>
      <span className={classes.figureValue} data-testid={testId}>
        {value}
      </span>
      <span className={classes.quiet}>{children || '\u00a0'}</span>
    </Link>
  );
}

/** Tenants by state as one bar, with the words and numbers below it. */
function TenantStates({ tenants }: { tenants: RecordList }) {
  const { t } = useTranslation('overview');
  const words = useRecordWords();
  const counts = new Map<string, number>();
  for (const { record } of tenants.rows) counts.set(record.status, (counts.get(record.status) ?? 0) + 1);
  const states = Object.entries(tenant.states?.states ?? {})
    .sort(([, left], [, right]) => left.order - right.order)
    .map(([name]) => ({ name, count: counts.get(name) ?? 0 }))
    .filter((state) => state.count > 0);
  if (states.length === 0) return null;
  return (
    <section className={classes.states} aria-label={t('byState')}>
      <div className={classes.bar} aria-hidden="true">
        {states.map(({ name, count }) => (
          <span key={name} data-tone={words.tone('tenant', name)} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul className={classes.stateList}>
        {states.map(({ name, count }) => (
          <li key={name}>
            <StatusMark tone={words.tone('tenant', name)}>{words.state('tenant', name)}</StatusMark>
            <b className={classes.count}>{words.number(count)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
