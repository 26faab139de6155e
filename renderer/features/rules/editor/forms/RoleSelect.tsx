import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { role } from '#shared/resources/access/role.ts';

interface RoleSelectProps {
  label: string;
  description?: string | undefined;
  error?: string | undefined;
  withAsterisk?: boolean | undefined;
  /** Key of a role, '' for none. */
  value: string;
  onChange: (key: string) => void;
  testId?: string;
}

/** Chooses a role by its name; a key that is no role here stays and is shown as it is. */
export function RoleSelect({ value, onChange, testId, ...input }: RoleSelectProps) {
  const { t } = useTranslation('rules');
  const { rows } = useRecordList({ kind: 'role' });
  const data = useMemo(() => {
    const known = rows.flatMap(({ record }) => {
      const body = role.body.safeParse(record.body);
      return body.success ? [{ value: body.data.key, label: role.titleOf(record) }] : [];
    });
    return value === '' || known.some((one) => one.value === value) ? known : [{ value, label: value }, ...known];
  }, [rows, value]);
  return (
    <Select
      {...input}
      data={data}
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      nothingFoundMessage={t('noneFound')}
      data-testid={testId}
    />
  );
}
