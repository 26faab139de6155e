import { useTranslation } from 'react-i18next';
import type { ConditionGroup } from '#shared/resources/automation/condition.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import type { Trigger } from '#shared/resources/automation/trigger.ts';
import { stepOutline } from '#renderer/data/automation/stepOutline.ts';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { Outline } from '#renderer/ui/Outline.tsx';
import { triggerIcons, unknownIcon } from '#renderer/ui/stepIcons.ts';
import classes from '../Rules.module.css';

interface RuleLogicProps {
  trigger: Trigger;
  conditions: ConditionGroup;
  steps: readonly Step[];
}

/** A rule read aloud: when, if, then. */
export function RuleLogic({ trigger, conditions, steps }: RuleLogicProps) {
  const { t } = useTranslation('automation');
  const words = useAutomationWords();
  const Icon = triggerIcons[trigger.type] ?? unknownIcon;
  const sentence = words.conditions(conditions);
  return (
    <div className={classes.logic} data-testid="rule-logic">
      <p className={classes.sentence}>
        <span className={classes.word}>{t('logic.when')}</span>
        <Icon size={16} aria-hidden="true" />
        <span>{words.trigger(trigger)}</span>
      </p>
      <p className={classes.sentence}>
        <span className={classes.word}>{t('logic.if')}</span>
        <span>{sentence === '' ? t('condition.always') : sentence}</span>
      </p>
      <div className={classes.sentence}>
        <span className={classes.word}>{t('logic.then')}</span>
        {steps.length === 0 ? (
          <span>{t('logic.nothing')}</span>
        ) : (
          <Outline nodes={stepOutline(steps, words)} label={t('logic.steps')} />
        )}
      </div>
    </div>
  );
}
