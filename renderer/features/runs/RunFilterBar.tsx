import { useTranslation } from 'react-i18next';
import { useRecordChoices } from '#renderer/data/hooks/useRecordChoices.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { periods } from '#renderer/data/list/period.ts';
import { FilterBar } from '#renderer/ui/FilterBar.tsx';
import { FilterChoices, FilterSelect } from '#renderer/ui/FilterSelect.tsx';
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
    <FilterBar
      words={{ label: t('runs.filters'), search: t('search'), reset: t('showAll') }}
      text={filters.text}
      onText={(text) => narrow({ text })}
      testId="run-search"
      isNarrowed={isNarrowed(filters)}
      onReset={reset}
    >
      <FilterChoices
        label={words.field('run', 'status')}
        data={runStates.map((value) => ({ value, label: words.state('run', value) }))}
        value={filters.states}
        data-testid="filter-status"
        onChange={(states) => narrow({ states })}
      />
      <FilterSelect
        label={words.kind('rule')}
        wide
        searchable
        {...rules}
        value={filters.ruleId}
        onChange={(ruleId) => narrow({ ruleId })}
      />
      <FilterSelect
        label={words.kind('tenant')}
        searchable
        {...tenants}
        value={filters.tenantId}
        onChange={(tenantId) => narrow({ tenantId })}
      />
      <FilterSelect
        label={t('period.label')}
        data={periods.map((value) => ({ value, label: t(`period.${value}`) }))}
        value={filters.period}
        onChange={(period) => narrow({ period })}
      />
    </FilterBar>
  );
}
