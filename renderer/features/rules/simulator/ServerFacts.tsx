import { IconServer } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import classes from './Decision.module.css';

interface ServerFactsProps {
  rule: Rule;
  eventId: string;
  /** Everything that can be decided here says that it runs. */
  decided: boolean;
}

/** What only the server decides (limits, cooldown, runs side by side), and what the run records say that it did. */
export function ServerFacts({ rule, eventId, decided }: ServerFactsProps) {
  const { t } = useTranslation('simulator');
  const words = useRecordWords();
  const { rows, state } = useRecordList({
    kind: 'run',
    filters: [
      { path: 'body.eventId', operator: 'is', value: eventId },
      { path: 'body.ruleId', operator: 'is', value: rule.id },
    ],
    sort: [{ path: 'body.startedAt', descending: true }],
    limit: 10,
  });
  const { executionLimit, executionCount, cooldownSeconds, lastExecutedAt, concurrency } = rule.body;
  return (
    <li className={classes.station}>
      <span className={classes.server}>
        <IconServer size={12} aria-hidden="true" />
      </span>
      <div className={classes.stationWords}>
        <p className={classes.stationTitle}>{t('server.title')}</p>
        <div className={classes.stationText}>
          <ul className={classes.facts}>
            <li>
              {executionLimit === 0
                ? t('server.noLimit')
                : t('server.limit', { done: words.number(executionCount), limit: words.number(executionLimit) })}
            </li>
            <li>
              {cooldownSeconds === 0
                ? t('server.noCooldown')
                : t('server.cooldown', {
                    seconds: words.number(cooldownSeconds),
                    last: lastExecutedAt === '' ? t('server.never') : words.instant(lastExecutedAt),
                  })}
            </li>
            <li>{t(`server.concurrency.${concurrency}`)}</li>
          </ul>
          <p className={classes.runsHead}>
            {rows.length > 0
              ? t('server.runs', { count: rows.length })
              : t(state === 'reading' ? 'reading' : decided ? 'server.noRunThough' : 'server.noRun')}
          </p>
          <ul className={classes.runs}>
            {rows.map(({ record }) => (
              <li key={record.id}>
                <RecordLink kind="run" id={record.id}>
                  {words.instant(String(record.body['startedAt'] ?? ''))}
                </RecordLink>
                <StatusMark tone={words.tone('run', record.status)}>{words.state('run', record.status)}</StatusMark>
                <span>{t('server.revision', { revision: Number(record.body['revision'] ?? 0) })}</span>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </li>
  );
}
