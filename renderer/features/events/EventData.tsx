import { IconAlertTriangle, IconCircleCheck, IconHelpCircle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { checkEventData } from '#shared/domain/automation/events/checkEventData.ts';
import type { Event } from '#shared/resources/events/event.ts';
import { useLanguage } from '#renderer/data/hooks/useLanguage.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import { JsonView } from '#renderer/ui/JsonView.tsx';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import detailPage from '#renderer/ui/DetailPage.module.css';
import { useToldText } from '#renderer/ui/problems/useProblemText.ts';
import classes from './Events.module.css';
import { isWithheld } from './eventActs.ts';
import { useEventSchema, useEventType } from './useEventSchema.ts';

/** What an event carries, whether that fits its type, and where it came from. */
export function EventData({ record }: { record: Event }) {
  const { t } = useTranslation('automation');
  const toldText = useToldText();
  const words = useRecordWords();
  const language = useLanguage();
  const type = useEventType(record);
  const schema = useEventSchema(record);
  const { body } = record;
  const withheld = isWithheld(record);
  const fault = useMemo(() => {
    if (withheld) return { ok: true } as const;
    return schema ? checkEventData(schema, body.data) : undefined;
  }, [schema, body.data, withheld]);
  const description = type?.record.body['description'];
  const told = isJsonObject(description) ? description[language] : undefined;
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        {typeof told === 'string' && told !== '' && <p className={classes.prose}>{told}</p>}
        <p className={classes.check} data-fits={fault ? fault.ok : undefined} data-testid="schema-check">
          {fault === undefined ? (
            <IconHelpCircle size={16} aria-hidden="true" />
          ) : fault.ok ? (
            <IconCircleCheck size={16} aria-hidden="true" />
          ) : (
            <IconAlertTriangle size={16} aria-hidden="true" />
          )}
          <span>
            {withheld
              ? t('withheld')
              : fault === undefined
                ? t('events.noType')
                : fault.ok
                  ? t('events.fits')
                  : t('events.fault', { path: fault.error.path, message: toldText(fault.error.message) })}{' '}
            {type && (
              <RecordLink kind="eventType" id={type.record.id}>
                {t('events.openType')}
              </RecordLink>
            )}
          </span>
        </p>
        <JsonView
          label={words.field('event', 'body.data')}
          value={body.data}
          words={{ copy: t('copy'), copied: t('copied') }}
        />
      </div>
      <aside aria-label={t('facts')}>
        <dl className={detailPage.facts}>
          <Fact name={words.field('event', 'body.occurredAt')}>{words.instant(body.occurredAt)}</Fact>
          {body.entityId !== '' && (
            <Fact name={t('runs.about')}>
              <RecordLink kind={body.entityType} id={body.entityId}>
                {words.name(body.entityType, body.entityId)}
              </RecordLink>
              <span className={classes.quiet}>{words.kind(body.entityType)}</span>
            </Fact>
          )}
          {body.source !== '' && <Fact name={words.field('event', 'body.source')}>{body.source}</Fact>}
          <Fact name={words.field('event', 'body.triggeredBy')}>{words.name('staff', body.triggeredBy)}</Fact>
          <Fact name={words.field('event', 'body.attempts')}>{words.number(body.attempts)}</Fact>
          {body.chain.length > 0 && (
            <Fact name={t('chain.title', { count: body.chain.length })}>
              <ol className={classes.chain}>
                {body.chain.map((cause) => (
                  <li key={cause.runId}>
                    <RecordLink kind="event" id={cause.eventId}>
                      {words.name('event', cause.eventId)}
                    </RecordLink>
                    <span className={classes.quiet}>
                      <RecordLink kind="run" id={cause.runId}>
                        {words.name('rule', cause.ruleId)}
                      </RecordLink>
                    </span>
                  </li>
                ))}
              </ol>
            </Fact>
          )}
        </dl>
      </aside>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
