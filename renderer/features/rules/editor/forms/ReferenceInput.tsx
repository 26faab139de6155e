import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRecordChoices } from '#renderer/data/hooks/useRecordChoices.ts';

interface ReferenceInputProps {
  kind: string;
  label?: string;
  'aria-label'?: string;
  description?: string;
  /** The id of a record, '' for none. */
  value: string;
  onChange: (id: string) => void;
  placeholder?: string | undefined;
  error?: string | boolean | undefined;
  'data-testid'?: string;
}

/** Chooses a record by its name; an id whose record is not here stays and is shown shortened. */
export function ReferenceInput({ kind, value, onChange, ...input }: ReferenceInputProps) {
  const { t } = useTranslation('rules');
  const choices = useRecordChoices(kind, value);
  return (
    <Select
      {...input}
      {...choices}
      size="xs"
      value={value === '' ? null : value}
      onChange={(chosen) => onChange(chosen ?? '')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      nothingFoundMessage={t('noneFound')}
    />
  );
}
