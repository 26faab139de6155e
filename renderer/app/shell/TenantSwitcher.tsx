import { Select } from '@mantine/core';
import { IconBuilding } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useChooseTenant, useTenantFilter } from '#renderer/data/hooks/tenantFilter.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';

const byName = [{ path: 'body.name', descending: false }];

/** Limits every list to one tenant. */
export function TenantSwitcher() {
  const { t } = useTranslation('shell');
  const words = useRecordWords();
  const chosen = useTenantFilter();
  const choose = useChooseTenant();
  const { rows } = useRecordList({ kind: 'tenant', sort: byName });
  const options = useMemo(
    () => rows.map(({ record }) => ({ value: record.id, label: words.title(record) })),
    [rows, words],
  );
  return (
    <Select
      w={190}
      aria-label={t('tenantFilter')}
      placeholder={t('allTenants')}
      leftSection={<IconBuilding size={14} />}
      data={options}
      value={chosen === '' ? null : chosen}
      onChange={(value) => choose(value ?? '')}
      searchable
      clearable
      limit={50}
      nothingFoundMessage={t('nothingFound')}
      comboboxProps={{ width: 280, position: 'bottom-start' }}
      data-testid="tenant-switcher"
    />
  );
}
