import { Autocomplete } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { Step, StepOf } from '#shared/resources/automation/step.ts';
import { serverJobs } from '#shared/domain/automation/steps/serverJobs.ts';
import { ExpressionInput } from '../code/ExpressionInput.tsx';
import { JsonInput } from '../code/JsonInput.tsx';
import { TemplateInput } from '../code/TemplateInput.tsx';
import { ConditionsView } from '../conditions/ConditionsView.tsx';
import { unfinishedKey } from '../model/unfinished.ts';
import { ActionForm } from './ActionForm.tsx';
import { DecisionOptions } from './DecisionOptions.tsx';
import { KeyValueInput } from './KeyValueInput.tsx';

import { StepFieldInput } from './StepFieldInput.tsx';
import { stepFields } from './stepFields.ts';
import { textOfValue } from './typedText.ts';
import { useChangeStep, useStepField } from './useStepField.ts';
import { WaitForm } from './WaitForm.tsx';

/** What is particular to a step's type. */
export function StepForm({ step }: { step: Step }) {
  return (
    <>
      {stepFields[step.type].map((field) => (
        <StepFieldInput key={field.path} step={step} field={field} />
      ))}
      {step.type === 'action' && <ActionForm key={step.action} step={step} />}
      {step.type === 'wait' && <WaitForm step={step} />}
      {step.type === 'condition' && <ConditionForm step={step} />}
      {step.type === 'transform' && <TransformForm step={step} />}
      {step.type === 'aiDecision' && <DecisionOptions step={step} />}
      {step.type === 'webhook' && <HeadersForm step={step} />}
      {step.type === 'runJob' && <JobForm step={step} />}
    </>
  );
}

function ConditionForm({ step }: { step: StepOf<'condition'> }) {
  const change = useChangeStep(step.id);
  return (
    <ConditionsView
      selection={{ part: 'step', id: step.id }}
      place={unfinishedKey(step.id, 'conditions')}
      value={step.conditions}
      onChange={(conditions) =>
        change((held) => (held.type === 'condition' ? { ...held, conditions } : held), 'conditions')
      }
    />
  );
}

function TransformForm({ step }: { step: StepOf<'transform'> }) {
  const { t } = useTranslation('rules');
  const field = useStepField(step, 'variables');
  return (
    <div data-field="variables">
      <KeyValueInput
        label={t('form.transform.variables')}
        help={t('formHelp.transform.variables')}
        value={step.variables}
        onChange={field.set}
        nameLabel={t('form.transform.name')}
        addLabel={t('form.transform.add')}
        error={field.error}
      >
        {(entry) => (
          <ExpressionInput
            label={entry.name === '' ? t('form.transform.expression') : `vars.${entry.name}`}
            value={textOfValue(entry.value)}
            onChange={entry.set}
            stepId={step.id}
          />
        )}
      </KeyValueInput>
    </div>
  );
}

function HeadersForm({ step }: { step: StepOf<'webhook'> }) {
  const { t } = useTranslation('rules');
  const field = useStepField(step, 'headers');
  return (
    <div data-field="headers">
      <KeyValueInput
        label={t('form.webhook.headers')}
        value={step.headers}
        onChange={field.set}
        names={['Accept', 'Authorization', 'Content-Type', 'Idempotency-Key']}
        nameLabel={t('form.entryName')}
        addLabel={t('form.webhook.addHeader')}
        error={field.error}
      >
        {(entry) => (
          <TemplateInput
            label={entry.name === '' ? t('form.entryValue') : entry.name}
            value={textOfValue(entry.value)}
            onChange={entry.set}
            stepId={step.id}
          />
        )}
      </KeyValueInput>
    </div>
  );
}

function JobForm({ step }: { step: StepOf<'runJob'> }) {
  const { t } = useTranslation('rules');
  const job = useStepField(step, 'job');
  const settings = useStepField(step, 'settings');
  return (
    <>
      <div data-field="job">
        <Autocomplete
          label={t('form.runJob.job')}
          description={t('formHelp.runJob.job')}
          size="xs"
          withAsterisk
          data={[...serverJobs]}
          value={step.job}
          onChange={job.set}
          error={job.error ?? job.warning}
          data-testid="field-job"
        />
      </div>
      <div data-field="settings">
        <JsonInput<{ [key: string]: Json }>
          label={t('form.runJob.settings')}
          value={isJsonObject(step.settings) ? step.settings : {}}
          onChange={settings.set}
          place={unfinishedKey(step.id, 'settings')}
          read={(parsed) => (isJsonObject(parsed) ? { value: parsed } : { problem: t('code.notAnObject') })}
          error={settings.error}
        />
      </div>
    </>
  );
}
