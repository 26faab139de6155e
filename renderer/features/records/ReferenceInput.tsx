import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { resourceByKind } from '#shared/resources/registry.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';

interface ReferenceInputProps {
  kind: string;
  label?: string;
  /** The id of a record, '' for none. */
  value: string;
  onChange: (id: string) => void;
  /** '' or absent = of every tenant. */
  tenantId?: string;
  error?: string;
  withAsterisk?: boolean;
  placeholder?: string;
  description?: string;
  'aria-label'?: string;
  'data-testid'?: string;
}

/** Chooses a record of a kind by its name. An id whose record is not here stays and is shown shortened. */
export function ReferenceInput({ kind, value, onChange, tenantId, ...input }: ReferenceInputProps) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const list = useRecordList({ kind });
  const choices = useMemo(() => {
    const resource = resourceByKind(kind);
    // Records of the platform serve every tenant.
    const within = kind === 'tenant' ? '' : (tenantId ?? '');
    const known = list.rows
      .filter(({ record }) => within === '' || record.tenantId === '' || record.tenantId === within)
      .map(({ record }) => ({ value: record.id, label: resource?.titleOf(record) ?? record.id }));
    return known.toSorted((left, right) => left.label.localeCompare(right.label));
  }, [list.rows, kind, tenantId]);
  const missing = value !== '' && !choices.some((choice) => choice.value === value);
  return (
    <Select
      placeholder={t('nothingChosen')}
      {...input}
      data={missing ? [{ value, label: words.name(kind, value) }, ...choices] : choices}
      value={value === '' ? null : value}
      onChange={(chosen) => onChange(chosen ?? '')}
      searchable
      clearable
      limit={60}
      maw={360}
      nothingFoundMessage={t('noneFound')}
    />
  );
}
