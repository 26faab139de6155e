import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRecordChoices } from '#renderer/data/hooks/useRecordChoices.ts';
import type { ListFilter } from '#renderer/data/replicaApi.ts';

interface ChooseRecordProps {
  kind: string;
  label: string;
  value: string;
  onChange: (id: string) => void;
  placeholder?: string;
  filters?: readonly ListFilter[];
  /** Something has to be chosen. */
  needed?: boolean;
  'data-testid'?: string;
}

/** Chooses a record by its name. */
export function ChooseRecord({ kind, value, onChange, filters, needed, ...input }: ChooseRecordProps) {
  const { t } = useTranslation('simulator');
  const choices = useRecordChoices(kind, value, filters);
  return (
    <Select
      placeholder={t('choose')}
      {...input}
      {...choices}
      value={value === '' ? null : value}
      onChange={(chosen) => onChange(chosen ?? '')}
      searchable
      clearable={!needed}
      nothingFoundMessage={t('noneFound')}
    />
  );
}
