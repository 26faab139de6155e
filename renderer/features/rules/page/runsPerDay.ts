import type { GroupCount } from '#renderer/data/replicaApi.ts';

type Series = 'success' | 'partial' | 'failed' | 'other';
type DayRow = { day: string } & Record<Series, number | null>;

interface RunsPerDay {
  /** One row per day; null = nothing ran that day. */
  rows: DayRow[];
  total: number;
  /** Ended other than by being cancelled. */
  ended: number;
  succeeded: number;
}

/** Runs grouped by status and day as rows of a chart. */
export function runsPerDay(groups: readonly GroupCount[], days: readonly string[]): RunsPerDay {
  const byDay = new Map(days.map((day) => [day, { success: 0, partial: 0, failed: 0, other: 0 }]));
  const found = { total: 0, ended: 0, succeeded: 0 };
  for (const { values, count } of groups) {
    const [status, day] = values.map(String);
    const row = byDay.get(day ?? '');
    if (!row) continue;
    const series: Series = status === 'success' || status === 'partial' || status === 'failed' ? status : 'other';
    row[series] += count;
    found.total += count;
    if (series !== 'other') found.ended += count;
    if (series === 'success') found.succeeded += count;
  }
  const rows = [...byDay].map(([day, row]): DayRow => {
    const nothing = row.success + row.partial + row.failed + row.other === 0;
    return nothing ? { day, success: null, partial: null, failed: null, other: null } : { day, ...row };
  });
  return { rows, ...found };
}
