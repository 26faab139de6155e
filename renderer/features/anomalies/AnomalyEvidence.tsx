import { useTranslation } from 'react-i18next';
import type * as z from 'zod';
import type { anomaly } from '#shared/resources/health/anomaly.ts';
import { useRecord } from '#renderer/data/hooks/useRecord.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { SeriesChart } from '#renderer/ui/SeriesChart.tsx';
import classes from './Anomalies.module.css';

type VisibleBody = Partial<z.infer<typeof anomaly.body>>;

const samplesShown = 8;

/** Current against baseline, the series behind it, and the records the detector looked at. */
export function AnomalyEvidence({ body }: { body: VisibleBody }) {
  const { t } = useTranslation('anomalies');
  const words = useRecordWords();
  const series = body.evidence?.series ?? [];
  const samples = body.evidence?.samples ?? [];
  const points = series
    .map((point) => ({ at: Date.parse(point.at), value: point.value }))
    .sort((left, right) => left.at - right.at);
  const metric = body.metric || t('measured');
  return (
    <>
      <dl className={classes.figures}>
        {(['current', 'baseline', 'deviationPercent', 'threshold'] as const).map((name) =>
          body[name] === undefined ? null : (
            <div key={name}>
              <dt className={classes.quiet}>{words.field('anomaly', `body.${name}`)}</dt>
              <dd className={classes.figure}>{words.value('anomaly', `body.${name}`, body[name])}</dd>
            </div>
          ),
        )}
      </dl>
      {points.length > 1 && (
        <SeriesChart
          title={metric}
          summary={t('chart.summary', {
            metric,
            count: points.length,
            current: words.number(body.current ?? 0),
            baseline: words.number(body.baseline ?? 0),
          })}
          points={points}
          levels={[
            ...(body.baseline ? [{ label: t('chart.baseline'), value: body.baseline, color: 'gray.6' }] : []),
            ...(body.threshold ? [{ label: t('chart.threshold'), value: body.threshold, color: 'red.6' }] : []),
          ]}
          formatTime={(at, length) => words.time(at, length)}
          formatNumber={(value) => words.number(value)}
          words={{ showTable: t('chart.table'), showChart: t('chart.chart'), time: t('chart.time'), value: metric }}
        />
      )}
      {samples.length > 0 && (
        <section>
          <h3 className={classes.heading}>{t('samples', { count: samples.length })}</h3>
          <ul className={classes.plain}>
            {samples.slice(0, samplesShown).map((sample) => (
              <Sample key={`${sample.kind}/${sample.id}`} kind={sample.kind} id={sample.id} />
            ))}
          </ul>
          {samples.length > samplesShown && (
            <p className={classes.quiet}>{t('moreSamples', { count: samples.length - samplesShown })}</p>
          )}
        </section>
      )}
    </>
  );
}

function Sample({ kind, id }: { kind: string; id: string }) {
  const words = useRecordWords();
  const { record } = useRecord(kind, id) ?? {};
  return (
    <li className={classes.sample}>
      <span className={classes.quiet}>{words.kind(kind)}</span>
      <RecordLink kind={kind} id={id}>
        {record ? words.title(record) : id}
      </RecordLink>
    </li>
  );
}
