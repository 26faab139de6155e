import { MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldType } from '#shared/domain/automation/conditions/operatorsFor.ts';
import type { Json } from '#shared/kernel/json.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import { InstantInput } from '#renderer/ui/InstantInput.tsx';
import { ReferenceInput } from './ReferenceInput.tsx';

interface ValueInputProps {
  label?: string;
  'aria-label'?: string;
  /** What the field it is compared with holds. */
  type: FieldType;
  options?: readonly { value: string; label: string }[] | undefined;
  /** Of a reference: the kind whose records are offered. */
  kind?: string | undefined;
  value: Json | undefined;
  /** Undefined for an emptied input. */
  onChange: (value: Json | undefined) => void;
  placeholder?: string | undefined;
  error?: string | boolean | undefined;
  'data-testid'?: string;
}

/** One value, typed by what the field holds. A value of another type is shown as text, never lost. */
export function ValueInput({ type, options, kind, value, onChange, ...rest }: ValueInputProps) {
  const { t } = useTranslation('rules');
  const input = { ...rest, size: 'xs' as const };
  const text = value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const setText = (next: string) => onChange(next === '' ? undefined : next);
  if (type === 'boolean' && (text === '' || typeof value === 'boolean')) {
    return (
      <Select
        {...input}
        data={[
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]}
        value={text === '' ? null : text}
        onChange={(chosen) => onChange(chosen === null ? undefined : chosen === 'true')}
        clearable
        clearButtonProps={{ 'aria-label': t('clear') }}
      />
    );
  }
  if (type === 'number' && (text === '' || typeof value === 'number')) {
    return (
      <NumberInput
        {...input}
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => onChange(typeof next === 'number' ? next : next === '' ? undefined : Number(next))}
      />
    );
  }
  if ((type === 'instant' || type === 'date') && (text === '' || !Number.isNaN(Date.parse(text)))) {
    return <InstantInput {...rest} withTime value={text} onChange={setText} />;
  }
  if (type === 'choice' && options) {
    const known = options.some((option) => option.value === text);
    return (
      <Select
        {...input}
        data={known || text === '' ? [...options] : [{ value: text, label: text }, ...options]}
        value={text === '' ? null : text}
        onChange={(chosen) => setText(chosen ?? '')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('clear') }}
      />
    );
  }
  if (kind !== undefined && resourceByKind(kind)) {
    return <ReferenceInput {...rest} kind={kind} value={text} onChange={setText} />;
  }
  return <TextInput {...input} value={text} onChange={(event) => setText(event.currentTarget.value)} />;
}

/** Several values of one type. */
export function ValuesInput({ type, options, value, onChange, kind: _kind, ...rest }: ValueInputProps) {
  const { t } = useTranslation('rules');
  const items = (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((item) =>
    typeof item === 'string' ? item : JSON.stringify(item),
  );
  const set = (next: string[]) => onChange(next.map((item) => readItem(item, type)));
  const input = { ...rest, size: 'xs' as const, value: items, onChange: set };
  if (type === 'choice' && options) {
    const missing = items.filter((item) => !options.some((option) => option.value === item));
    const data = [...options, ...missing.map((item) => ({ value: item, label: item }))];
    return <MultiSelect {...input} data={data} searchable />;
  }
  return <TagsInput {...input} placeholder={items.length === 0 ? t('conditions.listHelp') : ''} />;
}

function readItem(item: string, type: FieldType): Json {
  if (type !== 'number') return item;
  const number = Number(item);
  return item.trim() === '' || !Number.isFinite(number) ? item : number;
}
