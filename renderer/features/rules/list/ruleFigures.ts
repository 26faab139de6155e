import type { GroupCount } from '#renderer/data/replicaApi.ts';

/** How a rule's runs went over the last days. */
export interface RuleFigures {
  /** One entry per day asked for, the oldest first; `bad` = failed, or a step failed and was passed over. */
  days: { good: number; bad: number }[];
  /** Runs of the last seven days, whatever became of them. */
  week: number;
  /** Share of the ended runs that succeeded, between 0 and 1; undefined where none ended. Cancelled ones do not count. */
  rate: number | undefined;
}

/** What runs are grouped by, in the order `ruleFigures` reads it. */
export const figureGroups = [
  { path: 'body.ruleId' },
  { path: 'status' },
  { path: 'body.startedAt', prefix: 'YYYY-MM-DD'.length },
];

export const figureDays = 14;
const weekDays = 7;

/** Figures by rule from runs grouped by `figureGroups`; `days` as `YYYY-MM-DD`, the oldest first. */
export function ruleFigures(groups: readonly GroupCount[], days: readonly string[]): Map<string, RuleFigures> {
  const places = new Map(days.map((day, index) => [day, index]));
  const found = new Map<string, RuleFigures & { ended: number; succeeded: number }>();
  for (const { values, count } of groups) {
    const [ruleId, status, day] = values.map(String);
    const place = places.get(day ?? '');
    if (ruleId === undefined || place === undefined) continue;
    let figures = found.get(ruleId);
    if (!figures) {
      figures = { days: days.map(() => ({ good: 0, bad: 0 })), week: 0, rate: undefined, ended: 0, succeeded: 0 };
      found.set(ruleId, figures);
    }
    const ofDay = figures.days[place];
    if (!ofDay) continue;
    const bad = status === 'failed' || status === 'partial';
    ofDay[bad ? 'bad' : 'good'] += count;
    if (place >= days.length - weekDays) figures.week += count;
    if (bad || status === 'success') figures.ended += count;
    if (status === 'success') figures.succeeded += count;
  }
  return new Map(
    [...found].map(([id, { ended, succeeded, days: ofDays, week }]) => [
      id,
      { days: ofDays, week, rate: ended === 0 ? undefined : succeeded / ended },
    ]),
  );
}

/** UTC days `YYYY-MM-DD`, the oldest first, the last one holding `now` (milliseconds since the epoch). */
export function daysBefore(now: number, count: number): string[] {
  const day = 86_400_000;
  return Array.from({ length: count }, (_, index) =>
    new Date(now - (count - 1 - index) * day).toISOString().slice(0, 10),
  );
}

/** The middle of the values of groups by one number, each counted as often as it occurs; undefined without any. */
export function medianOf(groups: readonly GroupCount[]): number | undefined {
  const sorted = groups
    .map(({ values, count }) => ({ value: Number(values[0]), count }))
    .filter(({ value }) => Number.isFinite(value) && value >= 0)
    .sort((left, right) => left.value - right.value);
  const all = sorted.reduce((sum, { count }) => sum + count, 0);
  let before = 0;
  for (const { value, count } of sorted) {
    before += count;
    if (before * 2 >= all) return value;
  }
  return undefined;
}
