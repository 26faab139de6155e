import { Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRecordChoices } from '#renderer/data/hooks/useRecordChoices.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { periods } from '#renderer/data/list/period.ts';
import type { Period } from '#renderer/data/list/period.ts';
import list from '#renderer/ui/ListPage.module.css';
import { isNarrowed, runStates } from './runFilters.ts';
import { useRunListStore } from './runListStore.ts';

/** Narrows the list of runs. */
export function RunFilterBar() {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const { filters, narrow, reset } = useRunListStore();
  const rules = useRecordChoices('rule', filters.ruleId);
  const tenants = useRecordChoices('tenant', filters.tenantId);
  return (
    <div className={list.toolbar} role="search" aria-label={t('runs.filters')}>
      <TextInput
        className={list.search}
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={14} />}
        value={filters.text}
        data-testid="run-search"
        onChange={(event) => narrow({ text: event.currentTarget.value })}
      />
      <MultiSelect
        className={list.wide}
        aria-label={words.field('run', 'status')}
        placeholder={filters.states.length === 0 ? words.field('run', 'status') : undefined}
        data={runStates.map((value) => ({ value, label: words.state('run', value) }))}
        value={[...filters.states]}
        clearable
        data-testid="filter-status"
        onChange={(states) => narrow({ states })}
      />
      <Select
        className={list.wide}
        aria-label={words.kind('rule')}
        placeholder={words.kind('rule')}
        searchable
        clearable
        {...rules}
        value={filters.ruleId || null}
        onChange={(value) => narrow({ ruleId: value ?? '' })}
      />
      <Select
        className={list.choice}
        aria-label={words.kind('tenant')}
        placeholder={words.kind('tenant')}
        searchable
        clearable
        {...tenants}
        value={filters.tenantId || null}
        onChange={(value) => narrow({ tenantId: value ?? '' })}
      />
      <Select
        className={list.choice}
        aria-label={t('period.label')}
        placeholder={t('period.label')}
        clearable
        data={periods.map((value) => ({ value, label: t(`period.${value}`) }))}
        value={filters.period || null}
        onChange={(value: Period | null) => narrow({ period: value ?? '' })}
      />
      {isNarrowed(filters) && (
        <Button variant="subtle" color="gray" leftSection={<IconX size={14} />} onClick={reset}>
          {t('showAll')}
        </Button>
      )}
    </div>
  );
}
