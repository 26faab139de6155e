import { Autocomplete, NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isJsonObject } from '#shared/kernel/json.ts';
import { permissionResources } from '#shared/resources/registry.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import { ExpressionInput } from '../code/ExpressionInput.tsx';
import { JsonInput } from '../code/JsonInput.tsx';
import { TemplateInput } from '../code/TemplateInput.tsx';
import { unfinishedKey } from '../model/unfinished.ts';
import { PatternInput } from '../trigger/EventTrigger.tsx';
import { DurationInput } from './DurationInput.tsx';
import { RoleSelect } from './RoleSelect.tsx';
import type { StepField } from './stepFields.ts';
import { useStepField } from './useStepField.ts';

/** Permissions that people decide with, completed; any other can be typed. */
const permissions = ['approvals.approve', ...permissionResources.map((resource) => `${resource}.edit`)];

/** One input of a step's form, as the table of the forms describes it. */
export function StepFieldInput({ step, field }: { step: Step; field: StepField }) {
  return (
    <div data-field={field.path}>
      <FieldByKind step={step} field={field} />
    </div>
  );
}

function FieldByKind({ step, field }: { step: Step; field: StepField }) {
  const { t } = useTranslation('rules');
  const control = useStepField(step, field.path);
  const { value, set, error, warning } = control;
  const key = `${step.type}.${field.path}`;
  const help = t(`formHelp.${key}`, '');
  const label = t(`form.${key}`);
  const text = typeof value === 'string' ? value : '';
  const number = typeof value === 'number' ? value : 0;
  const words = { label, ...(help === '' ? {} : { help }), error, warning, required: field.required ?? false };
  const plain = {
    label,
    description: help === '' ? undefined : help,
    error: error ?? warning,
    withAsterisk: field.required,
  };
  const testId = `field-${field.path}`;
  switch (field.input) {
    case 'template':
      return <TemplateInput {...words} value={text} onChange={set} stepId={step.id} testId={testId} />;
    case 'area':
      return <TemplateInput {...words} multiline value={text} onChange={set} stepId={step.id} testId={testId} />;
    case 'html': {
      const format = step.type === 'email' ? step.format : 'text';
      return (
        <TemplateInput
          {...words}
          multiline
          format={format}
          value={text}
          onChange={set}
          stepId={step.id}
          testId={testId}
        />
      );
    }
    case 'expression':
      return <ExpressionInput {...words} value={text} onChange={set} stepId={step.id} testId={testId} />;
    case 'text':
      return (
        <TextInput
          {...plain}
          value={text}
          onChange={(event) => set(event.currentTarget.value)}
          dir="auto"
          data-testid={testId}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...plain}
          value={number}
          allowDecimal={false}
          clampBehavior="blur"
          {...(field.min === undefined ? {} : { min: field.min })}
          {...(field.max === undefined ? {} : { max: field.max })}
          onChange={(next) => typeof next === 'number' && set(next)}
          data-testid={testId}
        />
      );
    case 'minutes':
      return <DurationInput {...plain} value={number} onChange={set} zero={t('form.never')} testId={testId} />;
    case 'choice':
      return (
        <Select
          {...plain}
          data={(field.options ?? []).map((option) => ({
            value: option,
            label: t(`choice.${field.path}.${option}`, option),
          }))}
          value={text}
          allowDeselect={false}
          onChange={(next) => next !== null && set(next)}
          data-testid={testId}
        />
      );
    case 'role':
      return <RoleSelect {...plain} value={text} onChange={set} testId={testId} />;
    case 'permission':
      return <Autocomplete {...plain} size="xs" data={permissions} value={text} onChange={set} data-testid={testId} />;
    case 'pattern':
      return <PatternInput label={label} value={text} onChange={set} error={error} warning={warning} testId={testId} />;
    case 'json':
      return (
        <JsonInput
          label={label}
          help={help === '' ? undefined : help}
          value={isJsonObject(value) ? value : {}}
          onChange={set}
          place={unfinishedKey(step.id, field.path)}
          read={(parsed) => (isJsonObject(parsed) ? { value: parsed } : { problem: t('code.notAnObject') })}
          error={error}
          testId={testId}
        />
      );
  }
}
