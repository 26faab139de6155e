import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordGroups } from '#renderer/data/hooks/useRecordGroups.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { useNow } from '#renderer/ui/useNow.ts';
import { activityOf, activityStart, levelOf } from './activity.ts';
import type { AuditLook } from './useAuditFilters.ts';
import classes from './Viewer.module.css';

const daysShown = 90;
/** 1 January 2024 was a Monday. */
const mondayAt = Date.UTC(2024, 0, 1);

/** When a person is at work: by weekday and hour, and day by day; a day narrows the list to it. */
export function ActivityPanel({ actorId, look }: { actorId: string; look: AuditLook }) {
  const { t, i18n } = useTranslation('audit');
  const words = useRecordWords();
  const now = useNow();
  const start = activityStart(now, daysShown);
  const groups = useRecordGroups(
    {
      kind: 'auditEntry',
      filters: [
        { path: 'body.actorId', operator: 'is', value: actorId },
        { path: 'body.at', operator: 'greater', value: start },
      ],
    },
    [{ path: 'body.at', prefix: 13 }],
  );
  const activity = useMemo(
    () =>
      activityOf(
        (groups ?? []).map(({ values, count }) => ({ hour: String(values[0] ?? ''), count })),
        now,
        daysShown,
      ),
    [groups, now],
  );
  const weekdays = useMemo(() => {
    const format = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' });
    return Array.from({ length: 7 }, (_, day) => format.format(mondayAt + day * 86_400_000));
  }, [i18n.language]);
  const mostInHour = Math.max(0, ...activity.hours.flat());
  const mostInDay = Math.max(1, ...activity.days.map(({ count }) => count));
  const hour = (at: number) => words.number(at).padStart(2, words.number(0));
  return (
    <section className={classes.activity} aria-label={t('activity.title')} data-testid="activity">
      <dl className={classes.figures}>
        <div>
          <dt>{t('activity.total', { count: daysShown })}</dt>
          <dd data-testid="activity-total">{words.number(activity.total)}</dd>
        </div>
        <div>
          <dt>{t('activity.active')}</dt>
          <dd>{words.number(activity.days.filter(({ count }) => count > 0).length)}</dd>
        </div>
      </dl>
      <div className={classes.heat} role="img" aria-label={t('activity.heat')}>
        {activity.hours.map((row, day) => [
          <span key={`day-${weekdays[day]}`} className={classes.heatDay}>
            {weekdays[day]}
          </span>,
          ...row.map((count, at) => (
            <span
              // A cell is its place.
              // oxlint-disable-next-line react/no-array-index-key
              key={`${day}-${at}`}
              className={classes.heatCell}
              data-level={levelOf(count, mostInHour)}
              title={t('activity.cell', { day: weekdays[day], hour: hour(at), count })}
            />
          )),
        ])}
        <span />
        {[0, 6, 12, 18].map((at) => (
          <span key={at} className={classes.heatHour}>
            {hour(at)}
          </span>
        ))}
      </div>
      <div className={classes.days}>
        <p className={classes.caption}>{t('activity.days')}</p>
        <div className={classes.bars} dir="ltr">
          {activity.days.map(({ day, count, first, last }) => {
            const label = t('activity.day', { day: words.day(day, 'full'), count });
            return (
              <button
                key={day}
                type="button"
                className={classes.bar}
                title={label}
                aria-label={label}
                onClick={() => look.narrow({ period: '', from: first, until: last })}
              >
                <span style={{ blockSize: `${(count / mostInDay) * 100}%` }} />
              </button>
            );
          })}
        </div>
      </div>
    </section>
  );
}
