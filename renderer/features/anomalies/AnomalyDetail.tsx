import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { anomaly } from '#shared/resources/health/anomaly.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ListFilter, SyncBadge } from '#renderer/data/replicaApi.ts';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { SyncMark } from '#renderer/ui/SyncMark.tsx';
import classes from './Anomalies.module.css';
import { AnomalyActions } from './AnomalyActions.tsx';
import type { OpenDialog } from './AnomalyDialog.tsx';
import { AnomalyEvidence } from './AnomalyEvidence.tsx';
import { AnomalyNotes } from './AnomalyNotes.tsx';
import { SeverityMark } from './SeverityMark.tsx';
import { isSnoozed } from './triage.ts';

interface AnomalyDetailProps {
  record: RecordEnvelope;
  badge: SyncBadge;
  now: number;
  onDialog: (type: OpenDialog['type']) => void;
}

/** A reader of bodies that may lack fields the person may not see. */
const visibleBody = anomaly.body.partial();
const relatedShown = 5;

/** Everything known about one anomaly, and what can be done about it. */
export function AnomalyDetail({ record, badge, now, onDialog }: AnomalyDetailProps) {
  const { t } = useTranslation('anomalies');
  const words = useRecordWords();
  const parsed = visibleBody.safeParse(record.body);
  const body = parsed.success ? parsed.data : {};
  return (
    <article className={classes.detail} aria-label={words.title(record)}>
      <header className={classes.detailHead}>
        <div className={classes.marks}>
          <SeverityMark severity={body.severity ?? ''} />
          <span data-testid="anomaly-status" data-status={record.status}>
            <StatusMark tone={words.tone('anomaly', record.status)}>{words.state('anomaly', record.status)}</StatusMark>
          </span>
          <SyncMark badge={badge} />
          {isSnoozed(record, now) && (
            <span className={classes.quiet}>{t('snoozedUntil', { time: words.instant(body.snoozedUntil ?? '') })}</span>
          )}
        </div>
        <h2 className={classes.title}>
          <RecordLink kind="anomaly" id={record.id}>
            {words.title(record)}
          </RecordLink>
        </h2>
        <AnomalyActions record={record} onDialog={onDialog} />
      </header>
      <div className={classes.columns}>
        <div className={classes.main}>
          <AnomalyEvidence body={body} />
          {body.impact && <Section title={t('impact')}>{body.impact}</Section>}
          {body.actionsTaken && <Section title={t('actionsTaken')}>{body.actionsTaken}</Section>}
          {body.resolution && <Section title={t('resolution')}>{body.resolution}</Section>}
          <AnomalyNotes record={record} />
        </div>
        <aside className={classes.rail} aria-label={t('facts')}>
          <dl className={classes.facts}>
            <Fact name={words.field('anomaly', 'assignedTo')}>
              {record.assignedTo === '' ? t('nobody') : words.name('staff', record.assignedTo)}
            </Fact>
            {record.tenantId !== '' && (
              <Fact name={words.kind('tenant')}>
                <RecordLink kind="tenant" id={record.tenantId}>
                  {words.name('tenant', record.tenantId)}
                </RecordLink>
              </Fact>
            )}
            {(['type', 'detector', 'component', 'metric', 'score', 'count'] as const).map((name) =>
              body[name] === undefined || body[name] === '' ? null : (
                <Fact key={name} name={words.field('anomaly', `body.${name}`)}>
                  {words.value('anomaly', `body.${name}`, body[name])}
                </Fact>
              ),
            )}
            {(['firstSeenAt', 'lastSeenAt', 'resolvedAt'] as const).map((name) =>
              body[name] ? (
                <Fact key={name} name={words.field('anomaly', `body.${name}`)}>
                  <RelativeTime instant={body[name]} />
                </Fact>
              ) : null,
            )}
            {body.resolvedBy && (
              <Fact name={words.field('anomaly', 'body.resolvedBy')}>{words.name('staff', body.resolvedBy)}</Fact>
            )}
          </dl>
          <Related record={record} component={body.component ?? ''} />
        </aside>
      </div>
    </article>
  );
}

function Section({ title, children }: { title: string; children: string }) {
  return (
    <section>
      <h3 className={classes.heading}>{title}</h3>
      <p className={classes.prose}>
        <bdi>{children}</bdi>
      </p>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className={classes.quiet}>{name}</dt>
      <dd className={classes.fact}>{children}</dd>
    </div>
  );
}

/** Other anomalies of the same tenant or component, the newest few. */
function Related({ record, component }: { record: RecordEnvelope; component: string }) {
  const { t } = useTranslation('anomalies');
  const words = useRecordWords();
  const sameComponent: ListFilter = {
    path: 'body.component',
    operator: 'in',
    value: component === '' ? [] : [component],
  };
  const list = useRecordList({
    kind: 'anomaly',
    tenantId: record.tenantId,
    filters: record.tenantId === '' ? [sameComponent] : [],
    sort: [{ path: 'updatedAt', descending: true }],
    limit: relatedShown + 1,
  });
  const related = list.rows
    .map((row) => row.record)
    .filter((other) => other.id !== record.id)
    .slice(0, relatedShown);
  if (related.length === 0) return null;
  return (
    <section>
      <h3 className={classes.heading}>{t('related')}</h3>
      <ul className={classes.plain}>
        {related.map((other) => (
          <li key={other.id}>
            <RecordLink kind="anomaly" id={other.id}>
              {words.title(other)}
            </RecordLink>
            <div className={classes.quiet}>{words.state('anomaly', other.status)}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}
