import { IconAlertTriangle, IconClockPause, IconGavel, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Run } from '#shared/resources/runs/run.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useCommand } from '#renderer/data/hooks/useCommand.ts';
import { useStepsAccess } from '#renderer/data/hooks/useStepsAccess.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { CommandFrame } from '#renderer/ui/CommandFrame.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import { ReasonDialog } from '#renderer/ui/ReasonDialog.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import { recordPath } from '#renderer/ui/recordPath.ts';
import { canCancel, canRetry } from './runActs.ts';
import detailPage from '#renderer/ui/DetailPage.module.css';
import classes from './Runs.module.css';

/** The title row of a run: its rule, its state, what it waits for or why it ended, and what can be done with it. */
export function RunHeader({ record }: { record: Run }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const access = useAccess();
  const command = useCommand();
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState<'retry' | 'cancel'>();
  const { body, status } = record;
  const whyNot = access('runs.edit', record) || access('commands.create');
  const steps = useStepsAccess();
  const verdict = steps.ofRun(record);
  const { waiting } = body;
  const retry = async () => {
    if (await steps.prove(verdict)) await command.give('retryRuns', { runIds: [record.id] }, record.tenantId);
  };
  const give = (reason: string) => {
    if (asked === 'retry') void retry();
    if (asked === 'cancel') void command.give('cancelRuns', { runIds: [record.id], reason }, record.tenantId);
    setAsked(undefined);
  };
  return (
    <header>
      <div className={detailPage.head}>
        <div className={detailPage.headWords}>
          <div className={detailPage.marks}>
            <span>{words.kind('run')}</span>
            <span data-testid="run-status" data-status={status}>
              <StatusMark tone={words.tone('run', status)}>{words.state('run', status)}</StatusMark>
            </span>
            {record.tenantId !== '' && (
              <RecordLink kind="tenant" id={record.tenantId}>
                {words.name('tenant', record.tenantId)}
              </RecordLink>
            )}
            <RelativeTime instant={body.startedAt} />
          </div>
          <h1 className={detailPage.title}>
            <RecordLink kind="rule" id={body.ruleId}>
              <bdi>{body.ruleName}</bdi>
            </RecordLink>
          </h1>
        </div>
        <div className={detailPage.headActions}>
          {status === 'waiting' && waiting?.for === 'approval' && waiting.detail !== '' && (
            <GuardedButton
              variant="default"
              leftSection={<IconGavel size={14} />}
              whyNot=""
              data-testid="open-approval"
              onClick={() => navigate(recordPath('approval', waiting.detail, false))}
            >
              {t('runs.openApproval')}
            </GuardedButton>
          )}
          {canRetry(record) && (
            <GuardedButton
              leftSection={<IconRefresh size={14} />}
              whyNot={whyNot || verdict.whyNot}
              data-testid="retry-run"
              onClick={() => setAsked('retry')}
            >
              {t('runs.retry')}
            </GuardedButton>
          )}
          {canCancel(record) && (
            <GuardedButton
              variant="default"
              leftSection={<IconPlayerStop size={14} />}
              whyNot={whyNot}
              data-testid="cancel-run"
              onClick={() => setAsked('cancel')}
            >
              {t('runs.cancel')}
            </GuardedButton>
          )}
        </div>
      </div>
      <CommandFrame control={command} />
      {status === 'waiting' && waiting && (
        <p className={classes.waiting} data-testid="run-waiting">
          <IconClockPause size={16} aria-hidden="true" />
          <span>
            {t(`waiting.${waiting.for}`)}
            {waiting.for === 'event' && <code dir="ltr"> {waiting.detail}</code>}
            {waiting.until !== '' && (
              <>
                {' · '}
                {t('waiting.until')} <RelativeTime instant={waiting.until} />
              </>
            )}
          </span>
        </p>
      )}
      {body.error === '' && status === 'failed' && body.steps.some((trace) => trace.withheld === true) && (
        <p className={classes.error} data-testid="run-withheld">
          <IconAlertTriangle size={16} aria-hidden="true" />
          <span>
            <b>{t('runs.error')}:</b> {t('withheld')}
          </span>
        </p>
      )}
      {body.error !== '' && (
        <p className={classes.error}>
          <IconAlertTriangle size={16} aria-hidden="true" />
          <span>
            <b>{t('runs.error')}:</b> <bdi>{body.error}</bdi>
          </span>
        </p>
      )}
      {asked && (
        <ReasonDialog
          reason={asked === 'cancel' ? 'optional' : 'none'}
          danger={asked === 'cancel'}
          words={{
            title: t(asked === 'retry' ? 'runs.retryTitle' : 'runs.cancelTitle', { name: body.ruleName }),
            confirm: t(asked === 'retry' ? 'runs.retry' : 'runs.cancel'),
            cancel: t('back'),
            reason: t('reason'),
          }}
          onClose={() => setAsked(undefined)}
          onConfirm={give}
        >
          {t(asked === 'retry' ? 'runs.retryText' : 'runs.cancelText')}
        </ReasonDialog>
      )}
    </header>
  );
}
