import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordChoices } from '#renderer/data/hooks/useRecordChoices.ts';
import { useRecordGroups } from '#renderer/data/hooks/useRecordGroups.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { periods } from '#renderer/data/list/period.ts';
import { FilterBar } from '#renderer/ui/FilterBar.tsx';
import { FilterChoices, FilterSelect } from '#renderer/ui/FilterSelect.tsx';
import { eventStates, isNarrowed } from './eventFilters.ts';
import { useEventListStore } from './eventListStore.ts';

/** Narrows the list of events. */
export function EventFilterBar() {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const { filters, narrow, reset } = useEventListStore();
  const tenants = useRecordChoices('tenant', filters.tenantId);
  const groups = useRecordGroups({ kind: 'eventType' }, [{ path: 'body.module' }]);
  const modules = useMemo(() => (groups ?? []).map(({ values }) => String(values[0] ?? '')).sort(), [groups]);
  return (
    <FilterBar
      words={{ label: t('events.filters'), search: t('search'), reset: t('showAll') }}
      text={filters.text}
      onText={(text) => narrow({ text })}
      testId="event-search"
      isNarrowed={isNarrowed(filters)}
      onReset={reset}
    >
      <FilterChoices
        label={words.field('event', 'status')}
        data={eventStates.map((value) => ({ value, label: words.state('event', value) }))}
        value={filters.states}
        data-testid="filter-status"
        onChange={(states) => narrow({ states })}
      />
      <FilterSelect
        label={words.field('event', 'body.module')}
        searchable
        data={modules.map((value) => ({ value, label: value }))}
        value={filters.module}
        onChange={(module) => narrow({ module })}
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
