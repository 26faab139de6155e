import { Autocomplete, Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { recordFields } from '#shared/domain/automation/events/recordFields.ts';
import type { StepOf } from '#shared/resources/automation/step.ts';
import { resourceByKind, resources } from '#shared/resources/registry.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { TemplateInput } from '../code/TemplateInput.tsx';
import { useEditor } from '../model/useEditor.ts';
import { PatternInput } from '../trigger/EventTrigger.tsx';
import type { ActionField } from './actionFields.ts';
import { KeyValueInput } from './KeyValueInput.tsx';
import { RoleSelect } from './RoleSelect.tsx';
import { objectOrEmpty, TagsSetting } from './TagsSetting.tsx';
import { textOfValue, valueOfText } from './typedText.ts';
import { useChangeStep, useStepField } from './useStepField.ts';

interface ActionSettingProps {
  step: StepOf<'action'>;
  field: ActionField;
}

export function ActionSetting({ step, field }: ActionSettingProps) {
  return (
    <div data-field={`settings.${field.name}`}>
      <SettingByKind step={step} field={field} />
    </div>
  );
}

/** The kind of record the action is about, as far as it is known: named by the action, or by the rule's trigger. */
function useTargetKind(step: StepOf<'action'>): string {
  const trigger = useEditor((state) => state.draft.content.trigger);
  const named = step.settings['kind'];
  return typeof named === 'string' && named !== '' ? named : 'kind' in trigger ? trigger.kind : '';
}

function SettingByKind({ step, field }: ActionSettingProps) {
  const { t } = useTranslation('rules');
  const words = useRecordWords();
  const control = useStepField(step, `settings.${field.name}`);
  const change = useChangeStep(step.id);
  const kind = useTargetKind(step);
  const fields = useMemo(() => {
    const resource = resourceByKind(kind);
    return resource ? recordFields(resource) : [];
  }, [kind]);
  const label = t(`form.action.${field.name}`);
  const help = t(`formHelp.action.${field.name}`, '');
  const text = textOfValue(control.value);
  const { error, warning, set } = control;
  const setText = (next: string) => set(next === '' && !field.required ? undefined : next);
  const required = field.required ?? false;
  const testId = `field-settings.${field.name}`;
  const words2 = { label, error, warning, required, ...(help === '' ? {} : { help }) };
  const plain = { label, description: help === '' ? undefined : help, error: error ?? warning, withAsterisk: required };
  const type = (path: string) => fields.find((one) => one.path === path || one.path === `body.${path}`)?.type;
  switch (field.input) {
    case 'template':
    case 'staff': {
      const aim = field.name === 'value' ? type(textOfValue(step.settings['field'])) : undefined;
      const write = (next: string) => (next === '' && !required ? set(undefined) : set(valueOfText(next, aim)));
      return <TemplateInput {...words2} value={text} onChange={write} stepId={step.id} testId={testId} />;
    }
    case 'area':
      return <TemplateInput {...words2} multiline value={text} onChange={setText} stepId={step.id} testId={testId} />;
    case 'kind':
      return (
        <Select
          {...plain}
          data={resources.map((one) => ({ value: one.kind, label: words.kind(one.kind) }))}
          value={text === '' ? null : text}
          onChange={(next) => setText(next ?? '')}
          searchable
          clearable={!required}
          clearButtonProps={{ 'aria-label': t('clear') }}
          data-testid={testId}
        />
      );
    case 'recordField':
      return (
        <Autocomplete
          {...plain}
          size="xs"
          data={fields.map(({ path }) => path)}
          value={text}
          onChange={setText}
          renderOption={({ option }) => <span>{`${option.value} · ${words.field(kind, option.value)}`}</span>}
          data-testid={testId}
        />
      );
    case 'status': {
      const states = Object.keys(resourceByKind(kind)?.states?.states ?? {});
      return (
        <Autocomplete
          {...plain}
          size="xs"
          data={states}
          value={text}
          onChange={setText}
          renderOption={({ option }) => <span>{words.state(kind, option.value)}</span>}
          data-testid={testId}
        />
      );
    }
    case 'priority':
      return (
        <Autocomplete
          {...plain}
          size="xs"
          data={['low', 'normal', 'high', 'urgent']}
          value={text}
          placeholder="normal"
          onChange={setText}
          data-testid={testId}
        />
      );
    case 'strategy':
      return (
        <Select
          {...plain}
          data={(['fixed', 'round_robin', 'least_loaded'] as const).map((value) => ({
            value,
            label: t(`choice.strategy.${value}`),
          }))}
          value={text}
          allowDeselect={false}
          onChange={(next) => {
            const { staffId: _staff, role: _role, ...others } = step.settings;
            if (next !== null) {
              change((held) => (held.type === 'action' ? { ...held, settings: { ...others, strategy: next } } : held));
            }
          }}
          data-testid={testId}
        />
      );
    case 'role':
      return <RoleSelect {...plain} value={text} onChange={setText} testId={testId} />;
    case 'tags':
      return (
        <TagsSetting
          label={label}
          help={help}
          error={error}
          settings={step.settings}
          onChange={(settings) => change((held) => (held.type === 'action' ? { ...held, settings } : held), 'tags')}
        />
      );
    case 'event':
      return (
        <PatternInput label={label} value={text} onChange={setText} error={error} warning={warning} testId={testId} />
      );
    case 'bodyFields':
    case 'data': {
      const names =
        field.input === 'data' ? [] : fields.flatMap(({ path }) => (/^body\.\w+$/.test(path) ? [path.slice(5)] : []));
      return (
        <KeyValueInput
          label={label}
          help={help === '' ? undefined : help}
          value={objectOrEmpty(control.value)}
          onChange={set}
          names={names}
          nameLabel={t('form.entryName')}
          addLabel={t('form.addEntry')}
          error={error}
        >
          {(entry) => (
            <TemplateInput
              label={entry.name === '' ? t('form.entryValue') : `${t('form.entryValue')}: ${entry.name}`}
              value={textOfValue(entry.value)}
              onChange={(next) => entry.set(valueOfText(next, type(entry.name)))}
              stepId={step.id}
            />
          )}
        </KeyValueInput>
      );
    }
  }
}
