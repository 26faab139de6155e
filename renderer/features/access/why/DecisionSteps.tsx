import { IconCheck, IconClockX, IconBuildingOff, IconUserX, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DecisionStep } from '#shared/domain/access/accessTypes.ts';
import classes from './Why.module.css';
import { useStepWords } from './useStepWords.ts';

const icons = {
  not_held: IconX,
  other_tenant: IconBuildingOff,
  not_owner: IconUserX,
  expired: IconClockX,
  allowed: IconCheck,
} as const;

/** A decision, role by role, in the order in which they were asked. */
export function DecisionSteps({ steps }: { steps: readonly DecisionStep[] }) {
  const { t } = useTranslation('access');
  const sentence = useStepWords();
  if (steps.length === 0) return <p className={classes.text}>{t('why.noRoles')}</p>;
  return (
    <ol className={classes.steps} aria-label={t('why.path')} data-testid="decision-steps">
      {steps.map((step, index) => {
        const Icon = icons[step.outcome];
        return (
          // A path is made anew as a whole; its steps have no other identity.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className={classes.step} data-outcome={step.outcome}>
            <Icon size={16} aria-hidden="true" />
            <span>{sentence(step)}</span>
          </li>
        );
      })}
    </ol>
  );
}
