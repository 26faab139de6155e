import { NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Step } from '#shared/resources/automation/step.ts';
import { DurationInput } from '../forms/DurationInput.tsx';
import formClasses from '../forms/Forms.module.css';
import { StepForm } from '../forms/StepForm.tsx';
import { useChangeStep, useStepField } from '../forms/useStepField.ts';
import { useEditor } from '../model/useEditor.ts';
import { findStep } from '../steps/stepTree.ts';
import classes from './Panel.module.css';
import { SamplePicker } from './SamplePicker.tsx';
import { StepIdInput } from './StepIdInput.tsx';
import { useNameStep } from './useNameStep.ts';

/** The form of one step: its name, what its type needs, and what all steps have. */
export function StepPanel({ id }: { id: string }) {
  const found = useEditor((state) => findStep(state.draft.content.steps, id)?.step);
  if (!found) return null;
  return (
    <div className={formClasses.form} key={`${found.id}/${found.type}`}>
      <NameInput step={found} />
      <StepForm step={found} />
      {showsSample(found) && <SamplePicker />}
      <CommonPart step={found} />
    </div>
  );
}

function showsSample(step: Step): boolean {
  return step.type !== 'condition' && !(step.type === 'wait' && step.until.for !== 'date');
}

function NameInput({ step }: { step: Step }) {
  const { t } = useTranslation('rules');
  const { error, set } = useStepField(step, 'name');
  const settle = useNameStep(step);
  return (
    <div data-field="name">
      <TextInput
        label={t('form.name')}
        withAsterisk
        value={step.name}
        onChange={(event) => set(event.currentTarget.value)}
        onBlur={settle}
        error={error}
        maxLength={200}
        dir="auto"
        data-testid="field-name"
      />
    </div>
  );
}

function CommonPart({ step }: { step: Step }) {
  const { t } = useTranslation('rules');
  const delay = useStepField(step, 'delayMinutes');
  const retries = useStepField(step, 'retry.max');
  const backoff = useStepField(step, 'retry.backoffSeconds');
  const change = useChangeStep(step.id);
  return (
    <section className={formClasses.common} aria-label={t('form.common')}>
      <h3 className={formClasses.heading}>{t('form.common')}</h3>
      <div data-field="delayMinutes">
        <DurationInput
          label={t('form.delay')}
          value={step.delayMinutes}
          onChange={delay.set}
          zero={t('form.atOnce')}
          error={delay.error}
          testId="field-delay"
        />
      </div>
      <div className={formClasses.two} data-field="retry">
        <NumberInput
          label={t('form.retries')}
          min={0}
          max={3}
          clampBehavior="strict"
          value={step.retry.max}
          onChange={(next) => typeof next === 'number' && retries.set(next)}
          error={retries.error}
          data-testid="field-retries"
        />
        <NumberInput
          label={t('form.backoff')}
          min={1}
          max={86_400}
          disabled={step.retry.max === 0}
          value={step.retry.backoffSeconds}
          onChange={(next) => typeof next === 'number' && backoff.set(next)}
          error={backoff.error}
        />
      </div>
      <p className={classes.quiet}>
        {step.retry.max === 0
          ? t('form.noRetry')
          : t('form.retryTimes', {
              count: step.retry.max,
              times: Array.from({ length: step.retry.max }, (_empty, at) => step.retry.backoffSeconds * 2 ** at).join(
                ' · ',
              ),
            })}
      </p>
      <div data-field="onError">
        <Select
          label={t('form.onError')}
          description={step.onError === 'branch' ? t('form.onErrorBranch') : undefined}
          data={(['stop', 'continue', 'branch'] as const).map((value) => ({
            value,
            label: t(`choice.onError.${value}`),
          }))}
          value={step.onError}
          allowDeselect={false}
          onChange={(next) =>
            change((held) =>
              next === 'branch'
                ? { ...held, onError: 'branch', errorSteps: held.errorSteps ?? [] }
                : withoutEmptyBranch({ ...held, onError: next === 'continue' ? 'continue' : 'stop' }),
            )
          }
          data-testid="field-on-error"
        />
      </div>
      <StepIdInput step={step} />
    </section>
  );
}

/** Steps that were put into the branch stay there, although they no longer run. */
function withoutEmptyBranch(step: Step): Step {
  if (step.errorSteps?.length !== 0) return step;
  const { errorSteps: _empty, ...others } = step;
  return others;
}
