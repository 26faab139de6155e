import { NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Assumptions } from '#shared/domain/automation/simulation/assumptions.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { Step, StepOf } from '#shared/resources/automation/step.ts';
import { answerOf, assumedSteps, withAnswer } from './assumptions.ts';
import classes from './Setup.module.css';

interface AssumptionsFormProps {
  steps: readonly Step[];
  value: Assumptions;
  onChange: (value: Assumptions) => void;
}

const approvalAnswers = ['approved', 'rejected', 'expired'] as const;

/** What people, models and servers outside are assumed to answer, step by step. Absent where a rule asks nobody. */
export function AssumptionsForm({ steps, value, onChange }: AssumptionsFormProps) {
  const { t } = useTranslation('simulator');
  const asked = assumedSteps(steps);
  if (asked.length === 0) return null;
  return (
    <section className={classes.section} aria-label={t('assumptions.heading')}>
      <h2 className={classes.heading}>{t('assumptions.heading')}</h2>
      {asked.map((step) => {
        switch (step.type) {
          case 'approval':
            return (
              <Select
                key={step.id}
                label={t('assumptions.approval', { step: `\u2068${step.name}\u2069` })}
                data={approvalAnswers.map((answer) => ({ value: answer, label: t(`assumptions.${answer}`) }))}
                value={value.approvals?.[step.id] ?? 'approved'}
                onChange={(chosen) => {
                  const answer = approvalAnswers.find((one) => one === chosen);
                  if (answer) onChange({ ...value, approvals: { ...value.approvals, [step.id]: answer } });
                }}
                allowDeselect={false}
              />
            );
          case 'aiDecision': {
            const { [step.id]: _chosen, ...others } = value.decisions ?? {};
            return (
              <Select
                key={step.id}
                label={t('assumptions.decision', { step: `\u2068${step.name}\u2069` })}
                placeholder={t('assumptions.fallback')}
                data={step.options.map((option) => ({ value: option.id, label: option.label || option.id }))}
                value={value.decisions?.[step.id] ?? null}
                onChange={(chosen) =>
                  onChange({ ...value, decisions: chosen === null ? others : { ...others, [step.id]: chosen } })
                }
                clearable
              />
            );
          }
          case 'webhook':
            return <WebhookAnswer key={step.id} step={step} value={value} onChange={onChange} />;
        }
      })}
    </section>
  );
}

function WebhookAnswer({ step, value, onChange }: Omit<AssumptionsFormProps, 'steps'> & { step: StepOf<'webhook'> }) {
  const { t } = useTranslation('simulator');
  const answer = answerOf(value, step.id);
  const own = answer.type === 'own' && isJsonObject(answer.answer) ? answer.answer : { status: 200, body: '' };
  return (
    <>
      <Select
        label={t('assumptions.webhook', { step: `\u2068${step.name}\u2069` })}
        data={(['usual', 'own', 'fails'] as const).map((type) => ({ value: type, label: t(`assumptions.${type}`) }))}
        value={answer.type}
        onChange={(type) => {
          if (type === 'own') onChange(withAnswer(value, step.id, { type, answer: own }));
          else if (type === 'usual' || type === 'fails') onChange(withAnswer(value, step.id, { type }));
        }}
        allowDeselect={false}
      />
      {answer.type === 'own' && (
        <div className={classes.answer}>
          <NumberInput
            label={t('assumptions.status')}
            value={Number(own['status'] ?? 200)}
            min={100}
            max={599}
            hideControls
            onChange={(status) =>
              onChange(withAnswer(value, step.id, { type: 'own', answer: { ...own, status: Number(status) } }))
            }
          />
          <TextInput
            label={t('assumptions.body')}
            value={String(own['body'] ?? '')}
            dir="ltr"
            onChange={({ currentTarget }) =>
              onChange(withAnswer(value, step.id, { type: 'own', answer: { ...own, body: currentTarget.value } }))
            }
          />
        </div>
      )}
    </>
  );
}
