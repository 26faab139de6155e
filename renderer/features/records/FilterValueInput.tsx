import { Group, MultiSelect, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/kernel/json.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ListFilter } from '#renderer/data/replicaApi.ts';
import { InstantInput } from '#renderer/ui/InstantInput.tsx';
import { ReferenceInput } from './ReferenceInput.tsx';
import type { ListField } from './listView.ts';

interface FilterValueInputProps {
  kind: string;
  field: ListField;
  filter: ListFilter;
  onChange: (value: Json) => void;
}

/** What a filter compares with, in the input that fits the field. */
export function FilterValueInput(props: FilterValueInputProps) {
  const { filter, onChange } = props;
  if (filter.operator !== 'between') return <One {...props} value={filter.value} onChange={onChange} />;
  const [from = '', to = ''] = Array.isArray(filter.value) ? filter.value : [];
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <One {...props} value={from} onChange={(value) => onChange([value, to])} />
      <One {...props} value={to} onChange={(value) => onChange([from, value])} />
    </Group>
  );
}

function One({ kind, field, filter, value, onChange }: FilterValueInputProps & { value: Json | undefined }) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const label = words.field(kind, field.path);
  const text = typeof value === 'string' ? value : '';
  const states = Object.keys(resourceByKind(kind)?.states?.states ?? {});
  const options =
    field.type === 'status'
      ? states.map((state) => ({ value: state, label: words.state(kind, state) }))
      : (words.options(kind, field.path) ?? []);
  const list = { 'aria-label': label, size: 'xs', comboboxProps: { withinPortal: false } } as const;
  switch (field.type) {
    case 'text':
      return (
        <TextInput
          aria-label={label}
          size="xs"
          data-autofocus
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'number':
    case 'money': {
      const factor = field.type === 'money' ? 100 : 1;
      return (
        <NumberInput
          aria-label={label}
          size="xs"
          data-autofocus
          value={typeof value === 'number' ? value / factor : ''}
          onChange={(typed) => onChange(typeof typed === 'number' ? Math.round(typed * factor * 1e6) / 1e6 : '')}
        />
      );
    }
    case 'boolean':
      return (
        <SegmentedControl
          aria-label={label}
          size="xs"
          value={String(value ?? '')}
          data={[
            { value: 'true', label: t('list.yes') },
            { value: 'false', label: t('list.no') },
          ]}
          onChange={(chosen) => onChange(chosen === 'true')}
        />
      );
    case 'choice':
    case 'status':
      return filter.operator === 'in' ? (
        <MultiSelect
          {...list}
          data={options}
          value={Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []}
          onChange={onChange}
        />
      ) : (
        <Select
          {...list}
          data={options}
          value={text === '' ? null : text}
          onChange={(chosen) => onChange(chosen ?? '')}
        />
      );
    case 'instant':
      return <InstantInput aria-label={label} value={text} onChange={onChange} withTime={false} />;
    case 'reference':
      return (
        <ReferenceInput
          kind={field.hint.widget === 'reference' ? field.hint.kind : 'staff'}
          aria-label={label}
          value={text}
          onChange={onChange}
        />
      );
  }
}
