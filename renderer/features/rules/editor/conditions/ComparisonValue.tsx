import { NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ValueEditorProps } from 'react-querybuilder';
import { needsValue } from '#shared/domain/automation/conditions/operatorsFor.ts';
import { timeUnits } from '#shared/domain/automation/values/amountOfTime.ts';
import { linearPattern } from '#shared/domain/automation/values/linearPattern.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json } from '#shared/kernel/json.ts';
import { conditionOperators } from '#shared/resources/automation/condition.ts';
import type { ScopeVariable } from '../code/scopeVariables.ts';
import { useVariableOptions } from '../forms/useVariableOptions.ts';
import { ValueInput, ValuesInput } from '../forms/ValueInput.tsx';
import classes from './Conditions.module.css';
import { useConditionsScope } from './ConditionsContext.ts';
import { FieldSelect } from './FieldSelect.tsx';

/** What a field is compared with: an input that fits the operator and the field's type. */
export function ComparisonValue(props: ValueEditorProps) {
  const { field, operator, valueSource, path } = props;
  const { t } = useTranslation('rules');
  const { variables, problemAt } = useConditionsScope();
  const known = conditionOperators.find((one) => one === operator);
  const variable = variables.find((one) => one.path === field);
  if (!known || !needsValue(known)) return null;
  const invalid = problemAt(path).some((problem) => problem.isError);
  const held: Json | undefined = props.value;
  const change = (next: Json | undefined) => props.handleOnChange(next);
  if (valueSource === 'field') {
    return (
      <FieldSelect
        variables={variables}
        value={typeof held === 'string' ? held : ''}
        onChange={change}
        label={t('conditions.otherField')}
        invalid={invalid}
      />
    );
  }
  const editor: EditorProps = { held, onChange: change, variable, invalid, name: t('conditions.value') };
  if (known === 'between') return <Between {...editor} />;
  if (known === 'within_last') return <AmountOfTime {...editor} />;
  if (known === 'matches') return <Pattern {...editor} />;
  if (known === 'in' || known === 'not_in') return <ListOfValues {...editor} />;
  return (
    <OneValue {...editor} forceInstant={known === 'before' || known === 'after'} inList={variable?.type === 'list'} />
  );
}

interface EditorProps {
  held: Json | undefined;
  onChange: (value: Json | undefined) => void;
  variable: ScopeVariable | undefined;
  invalid: boolean;
  name: string;
}

function OneValue({
  held,
  onChange,
  variable,
  invalid,
  name,
  forceInstant,
  inList,
}: EditorProps & { forceInstant: boolean; inList: boolean }) {
  const options = useVariableOptions(variable);
  const type = forceInstant ? 'instant' : inList ? 'text' : (variable?.type ?? 'any');
  return (
    <span className={classes.single}>
      <ValueInput
        aria-label={name}
        type={type}
        options={options}
        kind={variable?.kind}
        value={held}
        onChange={onChange}
        error={invalid}
        data-testid="condition-value"
      />
    </span>
  );
}

function ListOfValues({ held, onChange, variable, invalid, name }: EditorProps) {
  const options = useVariableOptions(variable);
  return (
    <span className={classes.single}>
      <ValuesInput
        aria-label={name}
        type={variable?.type ?? 'any'}
        options={options}
        value={held}
        onChange={onChange}
        error={invalid}
      />
    </span>
  );
}

function Between({ held, onChange, variable, invalid }: EditorProps) {
  const { t } = useTranslation('rules');
  const [low = null, high = null] = Array.isArray(held) ? held : [held ?? null];
  const type = variable?.type ?? 'any';
  return (
    <span className={classes.pair}>
      <ValueInput
        aria-label={t('conditions.low')}
        type={type}
        value={low}
        onChange={(next) => onChange([next ?? null, high])}
        error={invalid}
      />
      <span className={classes.quiet}>{t('conditions.and')}</span>
      <ValueInput
        aria-label={t('conditions.high')}
        type={type}
        value={high}
        onChange={(next) => onChange([low, next ?? null])}
        error={invalid}
      />
    </span>
  );
}

function AmountOfTime({ held, onChange, invalid }: EditorProps) {
  const { t } = useTranslation('rules');
  const amount =
    typeof held === 'number' ? held : isJsonObject(held) && typeof held['amount'] === 'number' ? held['amount'] : '';
  const unit = isJsonObject(held) ? (timeUnits.find((one) => one === held['unit']) ?? 'minutes') : 'minutes';
  return (
    <span className={classes.pair}>
      <NumberInput
        aria-label={t('conditions.amount')}
        min={0}
        value={amount}
        onChange={(next) => onChange(typeof next === 'number' ? { amount: next, unit } : undefined)}
        error={invalid}
      />
      <Select
        aria-label={t('trigger.unit')}
        data={timeUnits.map((one) => ({ value: one, label: t(`unit.${one}`) }))}
        value={unit}
        allowDeselect={false}
        onChange={(next) => onChange({ amount: amount === '' ? 1 : amount, unit: next ?? 'minutes' })}
      />
    </span>
  );
}

function Pattern({ held, onChange, invalid, name }: EditorProps) {
  const { t } = useTranslation('rules');
  const [text, setText] = useState('');
  const source = typeof held === 'string' ? held : '';
  const pattern = source === '' ? undefined : linearPattern(source);
  const matches = pattern?.ok === true && text !== '' ? pattern.value.test(text) : undefined;
  return (
    <span className={classes.pattern}>
      <TextInput
        aria-label={name}
        value={source}
        onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
        error={invalid || pattern?.ok === false}
        spellCheck={false}
        dir="ltr"
        classNames={{ input: classes.path }}
        placeholder="^INV-[0-9]+$"
        data-testid="condition-pattern"
      />
      <span className={classes.tryOut}>
        <TextInput
          aria-label={t('conditions.tryOut')}
          placeholder={t('conditions.tryOut')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-testid="condition-try"
        />
        {matches !== undefined && (
          <output className={classes.verdict} data-matches={matches || undefined}>
            {t(matches ? 'conditions.matchesText' : 'conditions.noMatch')}
          </output>
        )}
      </span>
    </span>
  );
}
