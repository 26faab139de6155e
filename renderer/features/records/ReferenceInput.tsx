import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Json } from '#shared/kernel/json.ts';
import { requireResource } from '#shared/resources/registry.ts';
import { useRecordChoices } from '#renderer/data/hooks/useRecordChoices.ts';
import type { ListFilter } from '#renderer/data/replicaApi.ts';

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
  const choices = useRecordChoices(kind, value, within(kind, tenantId ?? ''));
  return (
    <Select
      placeholder={t('nothingChosen')}
      {...input}
      {...choices}
      value={value === '' ? null : value}
      onChange={(chosen) => onChange(chosen ?? '')}
      searchable
      clearable
      maw={360}
      nothingFoundMessage={t('noneFound')}
    />
  );
}

/** Records of the tenant, and those of the platform, which serve every tenant. */
function within(kind: string, tenantId: string): ListFilter[] {
  if (tenantId === '' || kind === 'tenant' || requireResource(kind).scope === 'platform') return [];
  const tenants: Json[] = [tenantId, ''];
  return [{ path: 'tenantId', operator: 'in', value: tenants }];
}
