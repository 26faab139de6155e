import { Select } from '@mantine/core';
import { IconBuilding } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useChooseTenant, useTenantFilter } from '#renderer/data/hooks/tenantFilter.ts';
import { useRecordChoices } from '#renderer/data/hooks/useRecordChoices.ts';

/** Limits every list to one tenant. */
export function TenantSwitcher() {
  const { t } = useTranslation('shell');
  const chosen = useTenantFilter();
  const choose = useChooseTenant();
  const choices = useRecordChoices('tenant', chosen);
  return (
    <Select
      w={190}
      aria-label={t('tenantFilter')}
      placeholder={t('allTenants')}
      leftSection={<IconBuilding size={14} />}
      {...choices}
      value={chosen === '' ? null : chosen}
      onChange={(value) => choose(value ?? '')}
      searchable
      clearable
      nothingFoundMessage={t('nothingFound')}
      comboboxProps={{ width: 280, position: 'bottom-start' }}
      data-testid="tenant-switcher"
    />
  );
}
