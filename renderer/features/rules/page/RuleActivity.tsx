import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { useRecordGroups } from '#renderer/data/hooks/useRecordGroups.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { RecordQuery } from '#renderer/data/replicaApi.ts';
import { DailyChart } from '#renderer/ui/DailyChart.tsx';
import { Figures } from '#renderer/ui/Figures.tsx';
import { RelativeTime } from '#renderer/ui/RelativeTime.tsx';
import { useNow } from '#renderer/ui/useNow.ts';
import { daysBefore, medianOf } from '../list/ruleFigures.ts';
import { runsPerDay } from './runsPerDay.ts';

const daysShown = 30;
const dayLength = 'YYYY-MM-DD'.length;
const series = [
  { name: 'success', color: 'teal.6' },
  { name: 'partial', color: 'orange.5' },
  { name: 'failed', color: 'red.6' },
  { name: 'other', color: 'gray.5' },
] as const;

/** How a rule did over the last thirty days: figures, and its runs per day. */
export function RuleActivity({ record, body }: { record: RecordEnvelope; body: Rule['body'] }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const automation = useAutomationWords();
  const today = new Date(useNow()).toISOString().slice(0, dayLength);
  const days = useMemo(() => daysBefore(Date.parse(today), daysShown), [today]);
  const query: RecordQuery = {
    kind: 'run',
    filters: [
      { path: 'body.ruleId', operator: 'is', value: record.id },
      { path: 'body.startedAt', operator: 'greater', value: days[0] ?? '' },
    ],
  };
  const perDay = useRecordGroups(query, [{ path: 'status' }, { path: 'body.startedAt', prefix: dayLength }]);
  const durations = useRecordGroups(
    { ...query, filters: [...(query.filters ?? []), { path: 'status', operator: 'is', value: 'success' }] },
    [{ path: 'body.durationMs' }],
  );
  const { rows, ended, succeeded, total } = useMemo(() => runsPerDay(perDay ?? [], days), [perDay, days]);
  const median = useMemo(() => medianOf(durations ?? []), [durations]);
  const limit = body.executionLimit;
  return (
    <>
      <Figures
        figures={[
          {
            key: 'rate',
            label: t('figure.rate'),
            value: ended === 0 ? '–' : automation.percent(succeeded / ended),
            hint: t('figure.days', { days: daysShown }),
            tone: ended > 0 && succeeded / ended < 0.9 ? 'danger' : 'plain',
          },
          {
            key: 'median',
            label: t('figure.median'),
            value: median === undefined ? '–' : automation.duration(median),
            hint: t('figure.days', { days: daysShown }),
          },
          {
            key: 'executions',
            label: t('figure.executions'),
            value: words.number(body.executionCount),
            hint: limit === 0 ? t('figure.noLimit') : t('figure.limit', { count: limit }),
            tone: limit > 0 && body.executionCount >= limit ? 'warning' : 'plain',
          },
          {
            key: 'last',
            label: t('figure.last'),
            value: body.lastExecutedAt === '' ? t('rules.never') : <RelativeTime instant={body.lastExecutedAt} />,
          },
        ]}
      />
      <DailyChart
        title={t('figure.perDay')}
        summary={t('figure.perDaySummary', { total: words.number(total), days: daysShown })}
        rows={rows}
        series={series.map((one) => ({
          ...one,
          label: one.name === 'other' ? t('figure.other') : words.state('run', one.name),
        }))}
        formatDay={words.day}
        formatNumber={words.number}
        words={{
          showTable: t('chart.table'),
          showChart: t('chart.chart'),
          day: t('chart.day'),
          nothing: t('figure.noRuns', { days: daysShown }),
        }}
      />
    </>
  );
}
