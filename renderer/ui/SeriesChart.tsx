import { LineChart } from '@mantine/charts';
import { Table } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { useState } from 'react';
import classes from './DailyChart.module.css';
import { TableToggle } from './TableToggle.tsx';
import { withGaps } from './seriesGaps.ts';
import type { SeriesPoint } from './seriesGaps.ts';

interface SeriesChartProps {
  title: string;
  /** One sentence that says what the chart shows, for those who do not see it. */
  summary: string;
  points: readonly SeriesPoint[];
  /** Levels drawn across the chart, each with its name. */
  levels: readonly { label: string; value: number; color: string }[];
  formatTime: (at: number, length: 'short' | 'full') => string;
  formatNumber: (value: number) => string;
  words: { showTable: string; showChart: string; time: string; value: string };
  height?: number;
}

/** A short number a little above, for the end of an axis. */
function roundAbove(value: number): number {
  if (value <= 0) return 1;
  const step = 10 ** Math.floor(Math.log10(value)) / 2;
  return Math.ceil((value * 1.05) / step) * step;
}

/** One measured value over time with its reference levels; holes in the data are holes in the line. */
export function SeriesChart(props: SeriesChartProps) {
  const { title, summary, points, levels, formatTime, formatNumber, words, height = 180 } = props;
  const [asTable, setAsTable] = useState(false);
  const values = [...points.flatMap((point) => point.value ?? []), ...levels.map((level) => level.value)];
  const top = Math.max(0, ...values);
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <span className={classes.title}>{title}</span>
        <ul className={classes.legend}>
          {levels.map((level) => (
            <li key={level.label}>
              <span
                className={classes.swatch}
                style={{ background: `var(--mantine-color-${level.color.replace('.', '-')})` }}
                aria-hidden="true"
              />
              {level.label} <b className={classes.figureValue}>{formatNumber(level.value)}</b>
            </li>
          ))}
        </ul>
        <TableToggle
          title={title}
          asTable={asTable}
          onChange={setAsTable}
          chartIcon={<IconChartLine size={16} />}
          words={words}
        />
      </figcaption>
      {asTable ? (
        <div className={classes.table} style={{ maxBlockSize: height }} tabIndex={0} role="region" aria-label={title}>
          <Table verticalSpacing={2} stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.time}</Table.Th>
                <Table.Th className={classes.number}>{words.value}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {points.map((point) => (
                <Table.Tr key={point.at}>
                  <Table.Th scope="row" className={classes.day}>
                    {formatTime(point.at, 'full')}
                  </Table.Th>
                  <Table.Td className={classes.number}>
                    {point.value === null ? '–' : formatNumber(point.value)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      ) : (
        <div dir="ltr" role="img" aria-label={summary}>
          <LineChart
            h={height}
            data={withGaps(points).map((point) => ({ ...point }))}
            dataKey="at"
            series={[{ name: 'value', label: words.value, color: 'teal.7' }]}
            connectNulls={false}
            curveType="linear"
            withDots={points.length < 40}
            dotProps={{ r: 2 }}
            tickLine="none"
            strokeDasharray="0"
            accessibilityLayer={false}
            valueFormatter={formatNumber}
            referenceLines={levels.map((level) => ({ y: level.value, color: level.color, strokeDasharray: '4 3' }))}
            xAxisProps={{
              type: 'number',
              scale: 'time',
              domain: ['dataMin', 'dataMax'],
              tickFormatter: (at: number) => formatTime(at, 'short'),
              minTickGap: 40,
            }}
            yAxisProps={{ width: 52, domain: [0, roundAbove(top)], tickCount: 4 }}
            tooltipProps={{ labelFormatter: (at) => formatTime(Number(at), 'full'), isAnimationActive: false }}
            lineProps={{ isAnimationActive: false }}
          />
        </div>
      )}
    </figure>
  );
}
