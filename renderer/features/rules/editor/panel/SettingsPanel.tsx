import { NumberInput, Select, Switch, TagsInput, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import formClasses from '../forms/Forms.module.css';
import { useEditor, useEditorStore } from '../model/useEditor.ts';
import { useFieldProblem } from '../model/useProblems.ts';

const settings = { part: 'settings' } as const;

/** What is true of the whole rule: what it is for, how often and how it may run. */
export function SettingsPanel() {
  const { t } = useTranslation('rules');
  const store = useEditorStore();
  const content = useEditor((state) => state.draft.content);
  const { change } = store.getState();
  const description = useFieldProblem(settings, 'description');
  const tags = useFieldProblem(settings, 'tags');
  const concurrency = useFieldProblem(settings, 'concurrency');
  return (
    <div className={formClasses.form}>
      <div data-field="description">
        <Textarea
          label={t('settings.description')}
          value={content.description}
          onChange={(event) => change({ description: event.currentTarget.value }, 'description')}
          autosize
          minRows={3}
          maxRows={10}
          maxLength={2000}
          dir="auto"
          error={description.error}
          data-testid="field-description"
        />
      </div>
      <div data-field="tags">
        <TagsInput
          label={t('settings.tags')}
          value={content.tags}
          onChange={(next) => change({ tags: next })}
          error={tags.error}
        />
      </div>
      <NumberSetting name="priority" min={-1000} max={1000} />
      <div data-field="concurrency">
        <Select
          label={t('settings.concurrency')}
          description={t(`settings.concurrencyHelp.${content.concurrency}`)}
          data={(['parallel', 'queued', 'single', 'restart'] as const).map((value) => ({
            value,
            label: t(`choice.concurrency.${value}`),
          }))}
          value={content.concurrency}
          allowDeselect={false}
          error={concurrency.error ?? concurrency.warning}
          onChange={(next) => {
            const chosen = (['parallel', 'queued', 'single', 'restart'] as const).find((one) => one === next);
            if (chosen) change({ concurrency: chosen });
          }}
          data-testid="field-concurrency"
        />
      </div>
      {content.concurrency === 'parallel' && <NumberSetting name="maxParallel" min={0} max={1000} />}
      <NumberSetting name="executionLimit" min={0} />
      <NumberSetting name="cooldownSeconds" min={0} />
      <Switch
        label={t('settings.keepSkipped')}
        description={t('settings.keepSkippedHelp')}
        checked={content.keepSkipped}
        onChange={(event) => change({ keepSkipped: event.currentTarget.checked })}
      />
    </div>
  );
}

interface NumberSettingProps {
  name: 'priority' | 'maxParallel' | 'executionLimit' | 'cooldownSeconds';
  min: number;
  max?: number;
}

function NumberSetting({ name, min, max }: NumberSettingProps) {
  const { t } = useTranslation('rules');
  const store = useEditorStore();
  const value = useEditor((state) => state.draft.content[name]);
  const problem = useFieldProblem(settings, name);
  return (
    <div data-field={name}>
      <NumberInput
        label={t(`settings.${name}`)}
        description={t(`settings.${name}Help`)}
        value={value}
        min={min}
        {...(max === undefined ? {} : { max })}
        allowDecimal={false}
        clampBehavior="blur"
        error={problem.error ?? problem.warning}
        onChange={(next) => typeof next === 'number' && store.getState().change({ [name]: next }, name)}
        data-testid={`field-${name}`}
      />
    </div>
  );
}
