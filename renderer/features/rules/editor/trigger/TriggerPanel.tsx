import { unreachable } from '#shared/kernel/exhaustive.ts';
import type { Trigger } from '#shared/resources/automation/trigger.ts';
import { useTranslation } from 'react-i18next';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { triggerIcons, unknownIcon } from '#renderer/ui/stepIcons.ts';
import { useEditor, useEditorStore } from '../model/useEditor.ts';
import { EventTrigger } from './EventTrigger.tsx';
import { newTrigger, triggerTypes } from './newTrigger.ts';
import { DateTrigger, FieldTrigger, RecordTrigger } from './RecordTriggers.tsx';
import { ScheduleTrigger } from './ScheduleTrigger.tsx';
import classes from './Trigger.module.css';
import { WebhookTrigger } from './WebhookTrigger.tsx';

/** What makes the rule look: the seven types as cards, and the form of the chosen one. */
export function TriggerPanel() {
  const { t } = useTranslation('rules');
  const words = useAutomationWords();
  const store = useEditorStore();
  const trigger = useEditor((state) => state.draft.content.trigger);
  return (
    <div className={classes.panel}>
      <div className={classes.cards} role="radiogroup" aria-label={t('trigger.choose')} data-field="type">
        {triggerTypes.map((type) => {
          const Icon = triggerIcons[type] ?? unknownIcon;
          return (
            <label key={type} className={classes.card} data-chosen={type === trigger.type || undefined}>
              <input
                type="radio"
                name="trigger-type"
                className={classes.radio}
                checked={type === trigger.type}
                data-testid={`trigger-${type}`}
                onChange={() => store.getState().change({ trigger: newTrigger(type, trigger) })}
              />
              <Icon size={18} className={classes.cardIcon} aria-hidden="true" />
              <span className={classes.cardName}>{words.triggerType(type)}</span>
            </label>
          );
        })}
      </div>
      <p className={classes.about}>{t(`trigger.about.${trigger.type}`)}</p>
      <TriggerForm trigger={trigger} />
    </div>
  );
}

function TriggerForm({ trigger }: { trigger: Trigger }) {
  switch (trigger.type) {
    case 'event':
      return <EventTrigger trigger={trigger} />;
    case 'record':
      return <RecordTrigger trigger={trigger} />;
    case 'field_change':
      return <FieldTrigger trigger={trigger} />;
    case 'date':
      return <DateTrigger trigger={trigger} />;
    case 'schedule':
      return <ScheduleTrigger trigger={trigger} />;
    case 'webhook':
      return <WebhookTrigger />;
    case 'manual':
      return <ManualTrigger />;
    default:
      return unreachable(trigger);
  }
}

function ManualTrigger() {
  const { t } = useTranslation('rules');
  return <p className={classes.note}>{t('trigger.manualNote')}</p>;
}
