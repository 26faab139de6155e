import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EventPicker } from './EventPicker.tsx';
import { NothingExecuted } from './NothingExecuted.tsx';
import classes from './Why.module.css';
import { WhyDecision } from './WhyDecision.tsx';
import { WhyRules } from './WhyRules.tsx';

interface WhyPanelProps {
  eventId?: string;
  ruleId?: string;
}

/** Why a rule runs or does not run for an event. What is not given is chosen: a rule among all, or an event of the history. */
export function WhyPanel({ eventId = '', ruleId = '' }: WhyPanelProps) {
  const { t } = useTranslation('simulator');
  const [chosenEvent, setChosenEvent] = useState(eventId);
  const [chosenRule, setChosenRule] = useState(ruleId);
  const asksForEvent = eventId === '';
  const asksForRule = ruleId === '' && !asksForEvent;
  const isReady = chosenEvent !== '' && chosenRule !== '';
  return (
    <div className={classes.panel}>
      <NothingExecuted />
      <div className={classes.body} data-split={asksForEvent || asksForRule || undefined}>
        {asksForEvent && (
          <div className={classes.choice}>
            <h2 className={classes.heading}>{t('why.chooseEvent')}</h2>
            <EventPicker value={chosenEvent} onChange={setChosenEvent} tenantId="" />
          </div>
        )}
        {asksForRule && (
          <div className={classes.choice}>
            <h2 className={classes.heading}>{t('why.chooseRule')}</h2>
            <WhyRules eventId={eventId} value={chosenRule} onChange={setChosenRule} />
          </div>
        )}
        <div className={classes.answer} tabIndex={0} role="region" aria-label={t('why.answer')}>
          {isReady ? (
            <WhyDecision key={`${chosenRule}/${chosenEvent}`} ruleId={chosenRule} eventId={chosenEvent} />
          ) : (
            <p className={classes.quiet}>{t(asksForEvent ? 'why.noEvent' : 'why.noRule')}</p>
          )}
        </div>
      </div>
    </div>
  );
}
