import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { StepOf } from '#shared/resources/automation/step.ts';
import { useFieldProblem } from '../model/useProblems.ts';
import { allSteps } from '../steps/stepTree.ts';
import classes from './Forms.module.css';
import { useChangeStep } from './useStepField.ts';

type Decision = StepOf<'aiDecision'>;

/** The answers a model may choose from; each leads to a branch of its own. */
export function DecisionOptions({ step }: { step: Decision }) {
  const { t } = useTranslation('rules');
  const change = useChangeStep(step.id);
  const problem = useFieldProblem({ part: 'step', id: step.id }, 'options');
  const write = (options: (held: Decision['options']) => Decision['options'], run?: string) =>
    change((held) => (held.type === 'aiDecision' ? { ...held, options: options(held.options) } : held), run);
  const patch = (index: number, next: { id?: string; label?: string }) =>
    write((held) => held.map((one, at) => (at === index ? { ...one, ...next } : one)), `options.${index}`);
  const add = () =>
    write((held) => {
      const taken = new Set(held.map((one) => one.id));
      const id = Array.from({ length: held.length + 1 }, (_empty, at) => `option_${at + 1}`).find(
        (one) => !taken.has(one),
      );
      return [...held, { id: id ?? 'option', label: '', steps: [] }];
    });
  return (
    <fieldset className={classes.pairs} data-field="options">
      <legend className={classes.legend}>{t('form.aiDecision.options')}</legend>
      {step.options.map((option, index) => {
        const count = allSteps(option.steps).length;
        return (
          // An option's id is typed here, so its place is what it is known by.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className={classes.option} data-field={`options.${index}.label`}>
            <TextInput
              aria-label={t('form.aiDecision.optionId')}
              value={option.id}
              classNames={{ input: classes.code }}
              spellCheck={false}
              onChange={(event) => patch(index, { id: event.currentTarget.value })}
            />
            <TextInput
              aria-label={t('form.aiDecision.optionLabel')}
              placeholder={t('form.aiDecision.optionLabel')}
              value={option.label}
              onChange={(event) => patch(index, { label: event.currentTarget.value })}
              description={count > 0 ? t('form.aiDecision.holds', { count }) : undefined}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              dir="auto"
            />
            <Tooltip label={t('form.aiDecision.removeOption')}>
              <ActionIcon
                size={30}
                disabled={step.options.length === 1}
                aria-label={`${t('form.aiDecision.removeOption')}: ${option.label || option.id}`}
                onClick={() => write((held) => held.filter((_one, at) => at !== index))}
              >
                <IconTrash size={14} />
              </ActionIcon>
            </Tooltip>
          </div>
        );
      })}
      {problem.error && <p className={classes.quiet}>{problem.error}</p>}
      <Button
        size="compact-xs"
        variant="subtle"
        className={classes.addEntry}
        leftSection={<IconPlus size={12} />}
        disabled={step.options.length >= 20}
        onClick={add}
      >
        {t('form.aiDecision.addOption')}
      </Button>
    </fieldset>
  );
}
