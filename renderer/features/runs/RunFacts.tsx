import { useTranslation } from 'react-i18next';
import type { Run } from '#shared/resources/runs/run.ts';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import detailPage from '#renderer/ui/DetailPage.module.css';
import classes from './Runs.module.css';

/** Where a run came from, when, and what it is about. */
export function RunFacts({ record }: { record: Run }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const automation = useAutomationWords();
  const { body } = record;
  return (
    <aside aria-label={t('facts')}>
      <dl className={detailPage.facts}>
        <div>
          <dt>{t('runs.cause')}</dt>
          <dd>
            {t(`origin.${body.origin}`)}
            {body.eventId !== '' && (
              <span className={classes.line}>
                <RecordLink kind="event" id={body.eventId}>
                  {words.name('event', body.eventId)}
                </RecordLink>
              </span>
            )}
          </dd>
        </div>
        {body.chain.length > 0 && (
          <div>
            <dt>{t('chain.title', { count: body.chain.length })}</dt>
            <dd>
              <ol className={classes.chain}>
                {body.chain.map((cause) => (
                  <li key={cause.runId}>
                    <RecordLink kind="run" id={cause.runId}>
                      {words.name('rule', cause.ruleId)}
                    </RecordLink>
                  </li>
                ))}
              </ol>
            </dd>
          </div>
        )}
        {body.entityId !== '' && (
          <div>
            <dt>{t('runs.about')}</dt>
            <dd>
              <RecordLink kind={body.entityType} id={body.entityId}>
                {words.name(body.entityType, body.entityId)}
              </RecordLink>
              <span className={classes.quiet}>{words.kind(body.entityType)}</span>
            </dd>
          </div>
        )}
        <div>
          <dt>{words.field('run', 'body.startedAt')}</dt>
          <dd>{words.instant(body.startedAt)}</dd>
        </div>
        {body.endedAt !== '' && (
          <div>
            <dt>{words.field('run', 'body.endedAt')}</dt>
            <dd>{words.instant(body.endedAt)}</dd>
          </div>
        )}
        {body.durationMs > 0 && (
          <div>
            <dt>{words.field('run', 'body.durationMs')}</dt>
            <dd>{automation.duration(body.durationMs)}</dd>
          </div>
        )}
        <div>
          <dt>{words.field('run', 'body.revision')}</dt>
          <dd>
            <RecordLink kind="rule" id={body.ruleId} href={`/rules/${encodeURIComponent(body.ruleId)}/revisions`}>
              {words.number(body.revision)}
            </RecordLink>
          </dd>
        </div>
      </dl>
    </aside>
  );
}
