import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { parsePattern, patternMatches } from '#shared/domain/automation/patterns/eventPattern.ts';
import { patternOfTrigger } from '#shared/domain/automation/rules/ruleSubscriptions.ts';
import { triggerSchema } from '#shared/resources/automation/trigger.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { RecordLink } from '#renderer/ui/RecordLink.tsx';
import { StatusMark } from '#renderer/ui/StatusMark.tsx';
import classes from './EventTypes.module.css';

/** Rules that are listed; beyond them there is a count. */
const rulesShown = 20;

/** The rules whose trigger fits an event of this name, the active ones first. */
export function ListeningRules({ eventName }: { eventName: string }) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const rules = useRecordList({ kind: 'rule', sort: [{ path: 'body.isActive', descending: true }] });
  const listening = useMemo(
    () =>
      rules.rows.filter(({ record }) => {
        const trigger = triggerSchema.safeParse(record.body['trigger']);
        const pattern = trigger.success ? parsePattern(patternOfTrigger(trigger.data)) : undefined;
        return pattern?.ok === true && patternMatches(pattern.value, eventName);
      }),
    [rules.rows, eventName],
  );
  return (
    <section className={classes.listening}>
      <h3 className={classes.legend}>{t('eventTypes.listening', { count: listening.length })}</h3>
      <ul className={classes.rules}>
        {listening.slice(0, rulesShown).map(({ record }) => (
          <li key={record.id}>
            <StatusMark tone={record.body['isActive'] === true ? 'success' : 'neutral'}>
              {t(record.body['isActive'] === true ? 'rules.active' : 'rules.paused')}
            </StatusMark>
            <RecordLink kind="rule" id={record.id}>
              <bdi>{words.title(record)}</bdi>
            </RecordLink>
          </li>
        ))}
      </ul>
      {listening.length > rulesShown && (
        <p className={classes.quiet}>{t('moreOf', { count: listening.length - rulesShown })}</p>
      )}
    </section>
  );
}
