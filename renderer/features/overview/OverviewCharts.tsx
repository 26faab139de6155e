import { useTranslation } from 'react-i18next';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { DailyChart } from '#renderer/ui/DailyChart.tsx';
import { totalOf } from './dailySeries.ts';
import classes from './Overview.module.css';
import type { OverviewDays } from './useOverviewDays.ts';

/** Three counts per day over the same thirty days, one above the other on the same axis. */
export function OverviewCharts({ overview }: { overview: OverviewDays }) {
  const { t } = useTranslation('overview');
  const words = useRecordWords();
  const shared = {
    formatDay: (day: string, length: 'short' | 'full') => words.day(day, length),
    formatNumber: (value: number) => words.number(value),
    words: {
      showTable: t('chart.table'),
      showChart: t('chart.chart'),
      day: t('chart.day'),
      nothing: t('chart.nothing'),
    },
  };
  return (
    <section className={classes.charts} aria-label={t('chart.title')}>
      <DailyChart
        {...shared}
        title={t('chart.events')}
        summary={t('chart.eventsSummary', {
          total: words.number(totalOf(overview.eventDays, 'processed') + totalOf(overview.eventDays, 'failed')),
          failed: words.number(totalOf(overview.eventDays, 'failed')),
        })}
        rows={overview.eventDays}
        series={[
          { name: 'processed', label: t('chart.processed'), color: 'gray.5' },
          { name: 'failed', label: t('chart.failed'), color: 'red.6' },
        ]}
      />
      <DailyChart
        {...shared}
        title={t('chart.conversions')}
        summary={t('chart.conversionsSummary', {
          total: words.number(totalOf(overview.conversionDays, 'conversions')),
        })}
        rows={overview.conversionDays}
        series={[{ name: 'conversions', label: t('chart.conversionsSeries'), color: 'teal.7' }]}
      />
      {overview.referrals.count > overview.referrals.read && (
        <p className={classes.quiet}>{t('chart.conversionsPartial', overview.referrals)}</p>
      )}
      <DailyChart
        {...shared}
        title={t('chart.anomalies')}
        summary={t('chart.anomaliesSummary', { critical: words.number(totalOf(overview.anomalyDays, 'critical')) })}
        rows={overview.anomalyDays}
        series={[
          { name: 'critical', label: t('severity.critical'), color: 'red.7' },
          { name: 'high', label: t('severity.high'), color: 'orange.5' },
          { name: 'medium', label: t('severity.medium'), color: 'yellow.4' },
          { name: 'low', label: t('severity.low'), color: 'gray.4' },
        ]}
      />
    </section>
  );
}
