import { NumberInput, SegmentedControl, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordFields } from '#shared/domain/automation/events/recordFields.ts';
import type { RecordField } from '#shared/domain/automation/events/recordFields.ts';
import type { Json } from '#shared/kernel/json.ts';
import { resourceByKind, resources } from '#shared/resources/registry.ts';
import type { Trigger } from '#shared/resources/automation/trigger.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { ValueInput } from '../forms/ValueInput.tsx';
import { useEditorStore } from '../model/useEditor.ts';
import { useFieldProblem } from '../model/useProblems.ts';
import { offsetMinutes, offsetOf } from './offset.ts';
import classes from './Trigger.module.css';

type TriggerOf<Type extends Trigger['type']> = Extract<Trigger, { type: Type }>;

const trigger = { part: 'trigger' } as const;

function useKindChoices() {
  const words = useRecordWords();
  return useMemo(
    () =>
      resources
        .map(({ kind }) => ({ value: kind, label: words.kind(kind) }))
        .sort((one, other) => one.label.localeCompare(other.label)),
    [words],
  );
}

function KindSelect({ value, onChange }: { value: string; onChange: (kind: string) => void }) {
  const { t } = useTranslation('rules');
  const problem = useFieldProblem(trigger, 'kind');
  return (
    <div data-field="kind">
      <Select
        label={t('trigger.kind')}
        data={useKindChoices()}
        value={value}
        onChange={(kind) => kind && onChange(kind)}
        searchable
        allowDeselect={false}
        error={problem.error}
        data-testid="trigger-kind"
      />
    </div>
  );
}

function fieldsOfKind(kind: string): RecordField[] {
  const resource = resourceByKind(kind);
  return resource ? recordFields(resource) : [];
}

interface FieldSelectProps {
  kind: string;
  value: string;
  onChange: (path: string) => void;
  fits: (field: RecordField) => boolean;
}

function FieldSelect({ kind, value, onChange, fits }: FieldSelectProps) {
  const { t } = useTranslation('rules');
  const words = useRecordWords();
  const problem = useFieldProblem(trigger, 'field');
  const choices = useMemo(() => {
    const found = fieldsOfKind(kind)
      .filter(fits)
      .map(({ path }) => ({ value: path, label: words.field(kind, path) }));
    return found.some((choice) => choice.value === value) || value === '' ? found : [{ value, label: value }, ...found];
  }, [kind, fits, value, words]);
  return (
    <div data-field="field">
      <Select
        label={t('trigger.field')}
        data={choices}
        value={value}
        onChange={(path) => path && onChange(path)}
        searchable
        allowDeselect={false}
        error={problem.error}
        data-testid="trigger-field"
      />
    </div>
  );
}

export function RecordTrigger({ trigger: held }: { trigger: TriggerOf<'record'> }) {
  const { t } = useTranslation('rules');
  const store = useEditorStore();
  const change = (next: Partial<TriggerOf<'record'>>) => store.getState().change({ trigger: { ...held, ...next } });
  return (
    <div className={classes.form}>
      <KindSelect value={held.kind} onChange={(kind) => change({ kind })} />
      <SegmentedControl
        aria-label={t('trigger.on')}
        value={held.on}
        onChange={(on) => change({ on: on === 'create' || on === 'delete' ? on : 'update' })}
        data={(['create', 'update', 'delete'] as const).map((value) => ({ value, label: t(`trigger.verb.${value}`) }))}
        size="xs"
      />
    </div>
  );
}

const anyField = () => true;
const dateField = ({ type }: RecordField) => type === 'instant' || type === 'date';

export function FieldTrigger({ trigger: held }: { trigger: TriggerOf<'field_change'> }) {
  const { t } = useTranslation('rules');
  const words = useRecordWords();
  const store = useEditorStore();
  const from = useFieldProblem(trigger, 'from');
  const to = useFieldProblem(trigger, 'to');
  const field = fieldsOfKind(held.kind).find((one) => one.path === held.field);
  const change = (next: Partial<TriggerOf<'field_change'>>) =>
    store.getState().change({ trigger: { ...held, ...next } }, 'trigger.values');
  const setEnd = (end: 'from' | 'to', value: Json | undefined) => {
    const { [end]: _former, ...others } = held;
    store.getState().change({ trigger: value === undefined ? others : { ...others, [end]: value } }, `trigger.${end}`);
  };
  const ends = [
    { end: 'from' as const, value: held.from, problem: from },
    { end: 'to' as const, value: held.to, problem: to },
  ];
  return (
    <div className={classes.form}>
      <KindSelect
        value={held.kind}
        onChange={(kind) => store.getState().change({ trigger: { type: 'field_change', kind, field: 'status' } })}
      />
      <FieldSelect kind={held.kind} value={held.field} fits={anyField} onChange={(path) => change({ field: path })} />
      {ends.map(({ end, value, problem }) => (
        <div key={end} data-field={end}>
          <ValueInput
            label={t(`trigger.${end}`)}
            type={field?.type ?? 'any'}
            options={field?.options?.map((option) => ({
              value: option,
              label: words.value(held.kind, field.path, option) || option,
            }))}
            value={value}
            onChange={(next) => setEnd(end, next)}
            placeholder={t('trigger.anyValue')}
            error={problem.error}
          />
        </div>
      ))}
    </div>
  );
}

export function DateTrigger({ trigger: held }: { trigger: TriggerOf<'date'> }) {
  const { t } = useTranslation('rules');
  const store = useEditorStore();
  const problem = useFieldProblem(trigger, 'offsetMinutes');
  const [unit, setUnit] = useState(() => offsetOf(held.offsetMinutes).unit);
  const [side, setSide] = useState(() => offsetOf(held.offsetMinutes).side);
  const read = offsetOf(held.offsetMinutes, unit);
  // Nothing is neither before nor after: the side stays as it was chosen.
  const offset = read.amount === 0 ? { ...read, side } : read;
  const change = (next: Partial<TriggerOf<'date'>>, run?: string) =>
    store.getState().change({ trigger: { ...held, ...next } }, run);
  const setOffset = (next: Partial<typeof offset>) => {
    if (next.unit) setUnit(next.unit);
    if (next.side) setSide(next.side);
    change({ offsetMinutes: offsetMinutes({ ...offset, ...next }) }, 'trigger.offset');
  };
  return (
    <div className={classes.form}>
      <KindSelect value={held.kind} onChange={(kind) => change({ kind, field: 'createdAt' })} />
      <FieldSelect kind={held.kind} value={held.field} fits={dateField} onChange={(field) => change({ field })} />
      <div className={classes.offset} role="group" aria-label={t('trigger.offset')} data-field="offsetMinutes">
        <NumberInput
          label={t('trigger.amount')}
          value={offset.amount}
          min={0}
          allowDecimal={false}
          error={problem.error}
          onChange={(amount) => typeof amount === 'number' && setOffset({ amount })}
          data-testid="trigger-offset"
        />
        <Select
          label={t('trigger.unit')}
          data={(['minutes', 'hours', 'days'] as const).map((value) => ({ value, label: t(`unit.${value}`) }))}
          value={offset.unit}
          allowDeselect={false}
          onChange={(unit) => setOffset({ unit: unit === 'hours' || unit === 'days' ? unit : 'minutes' })}
        />
        <Select
          label={t('trigger.side')}
          data={(['before', 'after'] as const).map((value) => ({ value, label: t(`trigger.${value}`) }))}
          value={offset.side}
          allowDeselect={false}
          onChange={(side) => setOffset({ side: side === 'before' ? 'before' : 'after' })}
        />
      </div>
    </div>
  );
}
