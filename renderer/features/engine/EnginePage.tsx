import { Button } from '@mantine/core';
import { IconPlugConnectedX, IconReload } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { engineHealthSchema } from '#shared/protocol/engine.ts';
import type { EngineHealth } from '#shared/protocol/engine.ts';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useServerCall } from '#renderer/data/hooks/useServerCall.ts';
import { DailyChart } from '#renderer/ui/DailyChart.tsx';
import { Figures } from '#renderer/ui/Figures.tsx';
import list from '#renderer/ui/ListPage.module.css';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { useProblemText } from '#renderer/ui/problems/useProblemText.ts';
import { DeadJobs } from './DeadJobs.tsx';
import classes from './Engine.module.css';
import { JobTypes } from './JobTypes.tsx';
import { LocalEngine } from './LocalEngine.tsx';
import { LatestRequests } from './LatestRequests.tsx';
import { minuteRows } from './minuteRows.ts';

/** Milliseconds between two questions. */
const pace = 5000;
/** Beyond it a job waits too long. */
const longWait = 60;

/** How the engine is doing: what waits, what it gets through, what it gave up. Offline, what this console knows of it. */
export function EnginePage() {
  const { t } = useTranslation('automation');
  const problemText = useProblemText();
  const answer = useServerCall('/v1/engine', { every: pace });
  const read = engineHealthSchema.safeParse(answer.value);
  const health = read.success ? read.data : undefined;
  return (
    <div className={list.page} data-testid="engine-page" data-state={health && !answer.problem ? 'live' : 'local'}>
      <PageHeader
        title={t('engine.title')}
        description={t('engine.text')}
        actions={
          <div className={list.actions}>
            {answer.answeredAt > 0 && (
              <span className={list.count}>
                {t('engine.asked')} <RelativeTime instant={new Date(answer.answeredAt).toISOString()} />
              </span>
            )}
            <Button
              variant="default"
              leftSection={<IconReload size={14} />}
              loading={answer.asking && !answer.loading}
              onClick={answer.reload}
            >
              {t('engine.reload')}
            </Button>
          </div>
        }
      />
      <div className={classes.scroll}>
        {answer.problem && (
          <p className={classes.problem} role="status" data-testid="engine-problem">
            <IconPlugConnectedX size={16} aria-hidden="true" />
            <span>
              {problemText(answer.problem)}{' '}
              {health ? t('engine.stale') : answer.problem.code === 'unavailable' ? t('engine.local') : ''}
            </span>
          </p>
        )}
        {health ? <Health health={health} onRetried={answer.reload} /> : <LocalEngine reading={answer.loading} />}
        {health && <LatestRequests />}
      </div>
    </div>
  );
}

function Health({ health, onRetried }: { health: EngineHealth; onRetried: () => void }) {
  const { t, i18n } = useTranslation('automation');
  const words = useRecordWords();
  const automation = useAutomationWords();
  const { jobs, events, runs, webhooks } = health;
  const chartWords = {
    showTable: t('chart.table'),
    showChart: t('chart.chart'),
    day: t('engine.minute'),
    nothing: t('engine.idle'),
  };
  const clock = useMemo(
    () => new Intl.DateTimeFormat(i18n.language, { hour: 'numeric', minute: '2-digit' }),
    [i18n.language],
  );
  const formatMinute = (minute: string, length: 'short' | 'full') => {
    const at = Date.parse(minute);
    if (Number.isNaN(at)) return '';
    return length === 'full' ? words.time(at, 'full') : clock.format(at);
  };
  return (
    <>
      <Figures
        figures={[
          {
            key: 'queue',
            label: t('engine.queue'),
            value: words.number(jobs.due),
            hint: t('engine.later', { count: Math.max(0, jobs.waiting - jobs.due) }),
          },
          {
            key: 'oldest',
            label: t('engine.oldest'),
            value: jobs.due === 0 ? '–' : automation.duration(health.oldestWaitingSeconds * 1000),
            hint: t('engine.held', { count: jobs.held }),
            tone: health.oldestWaitingSeconds > longWait ? 'danger' : 'plain',
          },
          {
            key: 'failure',
            label: t('engine.failureRate'),
            value: automation.percent(runs.failureRate),
            hint: t('engine.hour'),
            tone: runs.failureRate > 0.05 ? 'danger' : 'plain',
          },
          { key: 'retries', label: t('engine.retries'), value: words.number(runs.retries), hint: t('engine.hour') },
          {
            key: 'dead',
            label: t('engine.dead'),
            value: words.number(jobs.dead),
            hint: t('engine.deadHint'),
            tone: jobs.dead > 0 ? 'danger' : 'plain',
          },
          {
            key: 'webhooks',
            label: t('engine.webhooks'),
            value: words.number(webhooks.attempts),
            hint: t('engine.webhooksFailed', { count: webhooks.failed }),
            tone: webhooks.failed > 0 ? 'warning' : 'plain',
          },
        ]}
      />
      <div className={classes.charts}>
        <DailyChart
          title={t('engine.events')}
          summary={t('engine.eventsSummary', {
            count: events.perMinute.reduce((sum, minute) => sum + minute.received, 0),
          })}
          rows={minuteRows(events.perMinute, ({ processed, failed }) => ({ processed, failed }))}
          series={[
            { name: 'processed', label: words.state('event', 'processed'), color: 'teal.6' },
            { name: 'failed', label: words.state('event', 'failed'), color: 'red.6' },
          ]}
          formatDay={formatMinute}
          formatNumber={words.number}
          words={chartWords}
        />
        <DailyChart
          title={words.kinds('run')}
          summary={t('engine.runsSummary', {
            count: runs.perMinute.reduce((sum, minute) => sum + minute.started, 0),
          })}
          rows={minuteRows(runs.perMinute, ({ finished, failed }) => ({
            finished: Math.max(0, finished - failed),
            failed,
          }))}
          series={[
            { name: 'finished', label: t('engine.finished'), color: 'teal.6' },
            { name: 'failed', label: words.state('run', 'failed'), color: 'red.6' },
          ]}
          formatDay={formatMinute}
          formatNumber={words.number}
          words={chartWords}
        />
      </div>
      <div className={classes.columns}>
        <JobTypes byType={jobs.byType} />
        <section>
          <h2 className={classes.heading}>{t('engine.now')}</h2>
          <LocalFigures
            figures={{
              pending: events.pending,
              failed: events.failed,
              running: runs.running,
              waiting: runs.waiting,
            }}
          />
        </section>
      </div>
      <DeadJobs dead={health.dead} total={jobs.dead} onRetried={onRetried} />
    </>
  );
}

function LocalFigures({ figures }: { figures: Record<'pending' | 'failed' | 'running' | 'waiting', number> }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  return (
    <Figures
      figures={(['pending', 'failed', 'running', 'waiting'] as const).map((key) => ({
        key,
        label: t(`engine.count.${key}`),
        value: words.number(figures[key]),
        tone: key === 'failed' && figures.failed > 0 ? ('danger' as const) : ('plain' as const),
      }))}
    />
  );
}
