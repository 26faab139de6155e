import { BarChart } from '@mantine/charts';
import { Table } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useState } from 'react';
import classes from './DailyChart.module.css';
import { TableToggle } from './TableToggle.tsx';

export interface DailyChartSeries {
  name: string;
  label: string;
  /** A colour of the theme, for example `teal.6`. */
  color: string;
}

interface DailyChartProps {
  title: string;
  /** One sentence that says what the chart shows, for those who do not see it. */
  summary: string;
  /** One row per day; `null` = nothing is known of the day, drawn as a gap. */
  rows: readonly ({ day: string } & Record<string, string | number | null>)[];
  series: readonly DailyChartSeries[];
  /** Words for a day `YYYY-MM-DD`, short on the axis and full in table and tooltip. */
  formatDay: (day: string, length: 'short' | 'full') => string;
  formatNumber: (value: number) => string;
  words: { showTable: string; showChart: string; day: string; nothing: string };
  height?: number;
}

/** Counts per day as stacked bars over a time axis that always runs left to right, with the same figures as a table. */
export function DailyChart(props: DailyChartProps) {
  const { title, summary, rows, series, formatDay, formatNumber, words, height = 132 } = props;
  const [asTable, setAsTable] = useState(false);
  const empty = rows.every((row) => series.every((one) => row[one.name] === null || row[one.name] === 0));
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <span className={classes.title}>{title}</span>
        <Legend {...props} />
        <TableToggle
          title={title}
          asTable={asTable}
          onChange={setAsTable}
          chartIcon={<IconChartBar size={16} />}
          words={words}
        />
      </figcaption>
      {asTable ? (
        <FigureTable {...props} height={height} />
      ) : (
        <div dir="ltr" role="img" aria-label={summary} className={classes.plot}>
          <BarChart
            h={height}
            data={rows.map((row) => ({ ...row }))}
            dataKey="day"
            type="stacked"
            series={series.map((one) => ({ name: one.name, label: one.label, color: one.color }))}
            valueFormatter={formatNumber}
            tickLine="none"
            strokeDasharray="0"
            accessibilityLayer={false}
            maxBarWidth={18}
            xAxisProps={{
              tickFormatter: (day: string) => formatDay(day, 'short'),
              interval: 'equidistantPreserveStart',
              minTickGap: 24,
            }}
            yAxisProps={{ width: 44, allowDecimals: false, tickCount: 4 }}
            tooltipProps={{ labelFormatter: (day) => formatDay(String(day), 'full'), isAnimationActive: false }}
            barProps={{ isAnimationActive: false }}
          />
          {empty && <p className={classes.nothing}>{words.nothing}</p>}
        </div>
      )}
    </figure>
  );
}

function Legend({ rows, series, formatNumber }: DailyChartProps) {
  const sum = (name: string) => rows.reduce((total, row) => total + Number(row[name] ?? 0), 0);
  return (
    <ul className={classes.legend}>
      {series.map((one) => (
        <li key={one.name}>
          <span
            className={classes.swatch}
            style={{ background: `var(--mantine-color-${one.color.replace('.', '-')})` }}
            aria-hidden="true"
          />
          {one.label} <b className={classes.figureValue}>{formatNumber(sum(one.name))}</b>
        </li>
      ))}
    </ul>
  );
}

function FigureTable({ title, rows, series, formatDay, formatNumber, words, height }: DailyChartProps) {
  const cell = (value: string | number | null | undefined) => (typeof value === 'number' ? formatNumber(value) : '–');
  return (
    <div className={classes.table} style={{ maxBlockSize: height }} tabIndex={0} role="region" aria-label={title}>
      <Table verticalSpacing={2} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.day}</Table.Th>
            {series.map((one) => (
              <Table.Th key={one.name} className={classes.number}>
                {one.label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.day}>
              <Table.Th scope="row" className={classes.day}>
                {formatDay(row.day, 'full')}
              </Table.Th>
              {series.map((one) => (
                <Table.Td key={one.name} className={classes.number}>
                  {cell(row[one.name])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
