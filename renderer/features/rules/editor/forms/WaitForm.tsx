import { SegmentedControl, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StepOf } from '#shared/resources/automation/step.ts';
import { TemplateInput } from '../code/TemplateInput.tsx';
import { PatternInput } from '../trigger/EventTrigger.tsx';
import { DurationInput } from './DurationInput.tsx';
import { useChangeStep, useStepField } from './useStepField.ts';

/** How long, until when, or for which event a run waits. */
export function WaitForm({ step }: { step: StepOf<'wait'> }) {
  const { t } = useTranslation('rules');
  const change = useChangeStep(step.id);
  const minutes = useStepField(step, 'until.minutes');
  const at = useStepField(step, 'until.at');
  const pattern = useStepField(step, 'until.pattern');
  const timeout = useStepField(step, 'until.timeoutMinutes');
  const about = useStepField(step, 'until.about');
  const { until } = step;
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('form.wait.for')}
        value={until.for}
        data={(['duration', 'date', 'event'] as const).map((value) => ({ value, label: t(`choice.waitFor.${value}`) }))}
        onChange={(next) =>
          change((held) => {
            if (held.type !== 'wait' || held.until.for === next) return held;
            if (next === 'duration') return { ...held, until: { for: 'duration', minutes: 60 } };
            if (next === 'date') return { ...held, until: { for: 'date', at: '' } };
            return { ...held, until: { for: 'event', pattern: '', timeoutMinutes: 1440, about: 'tenant' } };
          })
        }
      />
      {until.for === 'duration' && (
        <div data-field="until.minutes">
          <DurationInput
            label={t('form.wait.minutes')}
            value={until.minutes}
            onChange={minutes.set}
            error={minutes.error}
            testId="field-until.minutes"
          />
        </div>
      )}
      {until.for === 'date' && (
        <div data-field="until.at">
          <TemplateInput
            label={t('form.wait.at')}
            help={t('formHelp.wait.at')}
            value={until.at}
            onChange={at.set}
            stepId={step.id}
            error={at.error}
            warning={at.warning}
            required
            testId="field-until.at"
          />
        </div>
      )}
      {until.for === 'event' && (
        <>
          <div data-field="until.pattern">
            <PatternInput
              label={t('trigger.pattern')}
              value={until.pattern}
              onChange={pattern.set}
              error={pattern.error}
              warning={pattern.warning}
              testId="field-until.pattern"
            />
          </div>
          <Select
            label={t('form.wait.about')}
            data={(['tenant', 'entity', 'any'] as const).map((value) => ({ value, label: t(`choice.about.${value}`) }))}
            value={until.about}
            allowDeselect={false}
            error={about.error}
            onChange={(next) => next !== null && about.set(next)}
          />
          <div data-field="until.timeoutMinutes">
            <DurationInput
              label={t('form.wait.timeout')}
              value={until.timeoutMinutes}
              onChange={timeout.set}
              error={timeout.error}
            />
          </div>
        </>
      )}
    </>
  );
}
