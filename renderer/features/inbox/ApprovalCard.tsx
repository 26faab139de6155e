import { IconCheck, IconGavel, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isJsonObject } from '#shared/kernel/json.ts';
import { textIn } from '#shared/records/readBody.ts';
import { useRecord } from '#renderer/data/hooks/useRecord.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { SyncMark } from '#renderer/ui/SyncMark.tsx';
import { approvalSteps } from './approvalSteps.ts';
import { DueMark } from './DueMark.tsx';
import classes from './Work.module.css';

interface ApprovalCardProps {
  row: ReplicaRecord;
  current: boolean;
  /** Why the person may not decide; '' = they may. */
  whyNot: string;
  onDecide: (decision: 'approved' | 'rejected') => void;
}

/** A question that holds up a run: what is asked, what follows a yes, who asked, and the decision. */
export function ApprovalCard({ row: { record, badge }, current, whyNot, onDecide }: ApprovalCardProps) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const { body } = record;
  const runId = textIn(body, 'runId');
  const run = useRecord('run', runId)?.record;
  const { steps, more } = approvalSteps(isJsonObject(body['subject']) ? body['subject'] : {});
  return (
    <article
      className={classes.card}
      data-current={current || undefined}
      aria-label={words.title(record)}
      data-testid={`task-row-${record.id}`}
    >
      <header className={classes.cardHead}>
        <IconGavel size={18} className={classes.icon} aria-hidden="true" />
        <div className={classes.words}>
          <span className={classes.title} dir="auto">
            <RecordLink kind="approval" id={record.id}>
              {words.title(record)}
            </RecordLink>
          </span>
          <span className={classes.quiet}>
            {run ? (
              <>
                {t('approvals.askedBy')}{' '}
                <RecordLink kind="rule" id={textIn(run.body, 'ruleId')}>
                  <bdi>{textIn(run.body, 'ruleName')}</bdi>
                </RecordLink>
              </>
            ) : (
              <bdi>{words.name('staff', record.createdBy)}</bdi>
            )}
            {' · '}
            <RelativeTime instant={record.createdAt} />
            {record.tenantId !== '' && (
              <>
                {' · '}
                <RecordLink kind="tenant" id={record.tenantId}>
                  <bdi>{words.name('tenant', record.tenantId)}</bdi>
                </RecordLink>
              </>
            )}
            {runId !== '' && (
              <>
                {' · '}
                <RecordLink kind="run" id={runId}>
                  {t('approvals.run')}
                </RecordLink>
              </>
            )}
          </span>
        </div>
        <DueMark instant={textIn(body, 'dueAt')} />
        <SyncMark badge={badge} />
      </header>
      {steps.length > 0 && (
        <section className={classes.follows}>
          <h3 className={classes.followsTitle}>{t('approvals.follows')}</h3>
          <ol className={classes.steps}>
            {steps.map((step) => (
              <li key={step.key}>
                <b>
                  <bdi>{step.name}</bdi>
                </b>
                {step.fault !== '' && (
                  <span className={classes.fault}>
                    <bdi>{step.fault}</bdi>
                  </span>
                )}
                {step.parts.length > 0 && (
                  <dl className={classes.parts}>
                    {step.parts.map((part) => (
                      <div key={part.name}>
                        <dt>
                          <bdi>{part.name}</bdi>
                        </dt>
                        <dd>
                          <bdi>{part.value}</bdi>
                        </dd>
                      </div>
                    ))}
                  </dl>
                )}
              </li>
            ))}
          </ol>
          {more && <p className={classes.quiet}>{t('approvals.more')}</p>}
        </section>
      )}
      <footer className={classes.acts}>
        {whyNot !== '' && <span className={classes.quiet}>{whyNot}</span>}
        <span className={classes.spread} />
        <GuardedButton
          variant="default"
          leftSection={<IconX size={14} />}
          whyNot={whyNot}
          data-testid={`reject-${record.id}`}
          onClick={() => onDecide('rejected')}
        >
          {t('approvals.reject')}
        </GuardedButton>
        <GuardedButton
          leftSection={<IconCheck size={14} />}
          whyNot={whyNot}
          data-testid={`approve-${record.id}`}
          onClick={() => onDecide('approved')}
        >
          {t('approvals.approve')}
        </GuardedButton>
      </footer>
    </article>
  );
}
