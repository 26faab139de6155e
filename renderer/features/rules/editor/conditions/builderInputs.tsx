import { SegmentedControl, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type {
  CombinatorSelectorProps,
  FieldSelectorProps,
  OperatorSelectorProps,
  ValueSourceSelectorProps,
} from 'react-querybuilder';
import { needsValue, operatorsFor } from '#shared/domain/automation/conditions/operatorsFor.ts';
import { conditionOperators } from '#shared/resources/automation/condition.ts';
import classes from './Conditions.module.css';
import { useConditionsScope } from './ConditionsContext.ts';
import { FieldSelect } from './FieldSelect.tsx';
import { withOperator } from './queryModel.ts';

/** All, any or none of the parts of a group. */
export function MatchWord(props: CombinatorSelectorProps) {
  const { t } = useTranslation('rules');
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('conditions.match')}
      value={props.value ?? 'and'}
      onChange={(next) => props.handleOnChange(next)}
      data={(['and', 'or', 'not'] as const).map((one) => ({ value: one, label: t(`conditions.matchWord.${one}`) }))}
    />
  );
}

/** Another field keeps operator and value where they still make sense. */
export function ComparisonField({ value, path }: FieldSelectorProps) {
  const { t } = useTranslation('rules');
  const { variables, change, problemAt } = useConditionsScope();
  return (
    <FieldSelect
      variables={variables}
      value={value ?? ''}
      label={t('conditions.field')}
      invalid={(value ?? '') === '' && problemAt(path).some((problem) => problem.isError)}
      testId="condition-field"
      onChange={(field) =>
        change(path, (held) => {
          const possible = operatorsFor(variables.find((one) => one.path === field)?.type ?? 'any', isOfRecord(field));
          const first = possible[0];
          if (possible.includes(held.operator) || !first) return { ...held, field };
          return withOperator({ ...held, field }, first);
        })
      }
    />
  );
}

export function ComparisonOperator({ value, path, rule }: OperatorSelectorProps) {
  const { t } = useTranslation(['rules', 'automation']);
  const { variables, change } = useConditionsScope();
  const type = variables.find((one) => one.path === rule.field)?.type ?? 'any';
  const possible = operatorsFor(type, isOfRecord(rule.field));
  const held = conditionOperators.find((one) => one === value) ?? 'equals';
  const shown = possible.includes(held) ? possible : [held, ...possible];
  return (
    <Select
      className={classes.operator}
      aria-label={t('conditions.operator')}
      data={shown.map((one) => ({ value: one, label: t(`automation:operator.${one}`) }))}
      value={held}
      allowDeselect={false}
      searchable
      maxDropdownHeight={300}
      data-testid="condition-operator"
      onChange={(next) => {
        const operator = conditionOperators.find((one) => one === next);
        if (operator) change(path, (comparison) => withOperator(comparison, operator));
      }}
    />
  );
}

/** Compares with a value or with another field. */
export function ComparisonSource({ value, path, rule }: ValueSourceSelectorProps) {
  const { t } = useTranslation('rules');
  const { change } = useConditionsScope();
  const operator = conditionOperators.find((one) => one === rule.operator);
  if (!operator || !needsValue(operator) || operator === 'matches' || operator === 'within_last') return null;
  return (
    <Select
      className={classes.source}
      aria-label={t('conditions.compareWith')}
      data={(['value', 'field'] as const).map((one) => ({ value: one, label: t(`conditions.source.${one}`) }))}
      value={value === 'field' ? 'field' : 'value'}
      allowDeselect={false}
      onChange={(next) =>
        change(path, ({ value: _former, valueSource: _source, ...held }) => ({
          ...held,
          ...(next === 'field' ? { valueSource: 'field' } : {}),
        }))
      }
    />
  );
}

function isOfRecord(field: string): boolean {
  return field === '' || field.startsWith('record');
}
