import { Collapse, Select, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonObject } from '#shared/kernel/json.ts';
import { actionNames } from '#shared/resources/automation/step.ts';
import type { ActionName, StepOf } from '#shared/resources/automation/step.ts';
import { ActionSetting } from './ActionSetting.tsx';
import { actionFields, targetFields } from './actionFields.ts';
import classes from './Forms.module.css';
import { useChangeStep } from './useStepField.ts';

/** The settings of an action, as its table describes them. */
export function ActionForm({ step }: { step: StepOf<'action'> }) {
  const { t } = useTranslation(['rules', 'automation']);
  const change = useChangeStep(step.id);
  const form = actionFields[step.action];
  const aimed = step.settings['kind'] !== undefined || step.settings['id'] !== undefined;
  const [open, setOpen] = useState(aimed);
  return (
    <>
      <div data-field="action">
        <Select
          label={t('form.action.action')}
          data={actionNames.map((value) => ({ value, label: t(`automation:action.${value}`) }))}
          value={step.action}
          allowDeselect={false}
          data-testid="field-action"
          onChange={(next) => {
            const action = actionNames.find((one) => one === next);
            if (action)
              change((held) =>
                held.type === 'action' ? { ...held, action, settings: settingsFor(action, held.settings) } : held,
              );
          }}
        />
      </div>
      {form.fields
        .filter(({ when }) => !when || when.is.includes(String(step.settings[when.name] ?? '')))
        .map((field) => (
          <ActionSetting key={field.name} step={step} field={field} />
        ))}
      {form.target && (
        <div>
          <UnstyledButton className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
            <IconChevronRight size={14} className={classes.foldMark} data-open={open || undefined} aria-hidden="true" />
            {t('form.action.otherRecord')}
          </UnstyledButton>
          <Collapse expanded={open}>
            <div className={classes.folded}>
              {targetFields.map((field) => (
                <ActionSetting key={field.name} step={step} field={field} />
              ))}
            </div>
          </Collapse>
        </div>
      )}
    </>
  );
}

/** What settings of one action are settings of another too; the rest is taken back by undo. */
function settingsFor(action: ActionName, before: JsonObject): JsonObject {
  const form = actionFields[action];
  const names = [...form.fields, ...(form.target ? targetFields : [])].map((field) => field.name);
  const kept = Object.fromEntries(Object.entries(before).filter(([name]) => names.includes(name)));
  return action === 'assign_user' && kept['strategy'] === undefined ? { ...kept, strategy: 'fixed' } : kept;
}
