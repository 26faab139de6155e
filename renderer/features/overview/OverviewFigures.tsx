import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { numberIn } from '#shared/records/readBody.ts';
import { tenant } from '#shared/resources/tenants/tenant.ts';
import { useInbox } from '#renderer/data/hooks/useInbox.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordCount } from '#renderer/data/hooks/useRecordCount.ts';
import { useRecordGroups } from '#renderer/data/hooks/useRecordGroups.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { GroupCount, ListFilter, SyncStatus } from '#renderer/data/replicaApi.ts';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import { isOverdueTask, openAnomalyStates } from './attention.ts';
import { attentionQueries, openTasksOf } from './attentionQueries.ts';
import { countOf, totalCount } from './groupCounts.ts';
import classes from './Overview.module.css';

interface OverviewFiguresProps {
  /** Milliseconds since the epoch, when the page was opened. */
  now: number;
  unsent: number;
  firstSync: SyncStatus['firstSync'];
}

const byStatus = [{ path: 'status' }];
const bySeverity = [{ path: 'body.severity' }];
const active: ListFilter = { path: 'body.isActive', operator: 'is', value: true };
const openAnomalies: ListFilter = { path: 'status', operator: 'in', value: [...openAnomalyStates] };
const unpaid: ListFilter = { path: 'status', operator: 'in', value: ['pending', 'failed'] };
const failed: ListFilter = { path: 'status', operator: 'is', value: 'failed' };

/** The numbers of the day, each a way to the list behind it. A number is shown only once its data has arrived. */
export function OverviewFigures({ now, unsent, firstSync }: OverviewFiguresProps) {
  const { t } = useTranslation('overview');
  const words = useRecordWords();
  const current = useNow();
  const personId = usePrincipal()?.id ?? '';
  const tenants = useRecordGroups({ kind: 'tenant' }, byStatus);
  const rules = useRecordCount({ kind: 'rule' });
  const activeRules = useRecordCount({ kind: 'rule', filters: [active] });
  const anomalies = useRecordGroups({ kind: 'anomaly', filters: [openAnomalies] }, bySeverity);
  const payouts = useRecordGroups({ kind: 'payout', filters: [unpaid] }, byStatus);
  // The one that was tried most often, and how many there are.
  const failedEvents = useRecordList({
    kind: 'event',
    filters: [failed],
    sort: [{ path: 'body.attempts', descending: true }],
    limit: 1,
  });
  const openTasks = useRecordCount({ kind: 'task', filters: openTasksOf(personId) });
  const dueTasks = useRecordList(attentionQueries(now, personId).tasks);
  const inbox = useInbox();

  const arrived = (collection: ReplicatedCollection) =>
    firstSync.done || (firstSync.collections.find((one) => one.collection === collection)?.done ?? false);
  const known = (count: number | undefined, collection: ReplicatedCollection) =>
    count !== undefined && arrived(collection) ? words.number(count) : '…';
  const failedPayouts = countOf(payouts, 'failed');
  const overdue = dueTasks.rows.filter(({ record }) => isOverdueTask(record, current)).length;
  const waiting = inbox.filter((entry) => !entry.resolved).length;
  const attempts = Math.max(0, ...failedEvents.rows.map(({ record }) => numberIn(record.body, 'attempts')));
  return (
    <>
      <div className={classes.figures}>
        <Figure
          href="/tenants"
          name={t('figure.tenants')}
          testId="overview-tenants"
          value={known(totalCount(tenants), 'tenants')}
        />
        <Figure href="/rules" name={t('figure.rules')} value={known(activeRules, 'automation')}>
          {rules !== undefined && t('figure.ofRules', { count: rules })}
        </Figure>
        <Figure href="/anomalies" name={t('figure.anomalies')} value={known(totalCount(anomalies), 'health')}>
          {t('figure.severe', { critical: countOf(anomalies, 'critical'), high: countOf(anomalies, 'high') })}
        </Figure>
        <Figure
          href="/records/payout"
          name={t('figure.payouts')}
          value={known(payouts && countOf(payouts, 'pending'), 'referrals')}
        >
          {failedPayouts > 0 && t('figure.failedPayouts', { count: failedPayouts })}
        </Figure>
        <Figure
          href="/events/failed"
          name={t('figure.events')}
          value={known(failedEvents.state === 'ready' ? failedEvents.count : undefined, 'events')}
        >
          {attempts > 0 && t('figure.attempts', { count: attempts })}
        </Figure>
        <Figure href="/inbox" name={t('figure.tasks')} value={known(openTasks, 'runs')}>
          {overdue > 0 && t('figure.overdue', { count: overdue })}
        </Figure>
        <Figure href="/outbox" name={t('figure.unsent')} value={words.number(unsent)} waiting={unsent > 0}>
          {waiting > 0 ? t('figure.inbox', { count: waiting }) : t('figure.inboxEmpty')}
        </Figure>
      </div>
      <TenantStates groups={tenants} />
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
function TenantStates({ groups }: { groups: readonly GroupCount[] | undefined }) {
  const { t } = useTranslation('overview');
  const words = useRecordWords();
  const states = Object.entries(tenant.states?.states ?? {})
    .sort(([, left], [, right]) => left.order - right.order)
    .map(([name]) => ({ name, count: countOf(groups, name) }))
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
