import { Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordChoices } from '#renderer/data/hooks/useRecordChoices.ts';
import { useRecordGroups } from '#renderer/data/hooks/useRecordGroups.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import { periods } from '#renderer/data/list/period.ts';
import type { Period } from '#renderer/data/list/period.ts';
import list from '#renderer/ui/ListPage.module.css';
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
    <div className={list.toolbar} role="search" aria-label={t('events.filters')}>
      <TextInput
        className={list.search}
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={14} />}
        value={filters.text}
        data-testid="event-search"
        onChange={(event) => narrow({ text: event.currentTarget.value })}
      />
      <MultiSelect
        className={list.wide}
        aria-label={words.field('event', 'status')}
        placeholder={filters.states.length === 0 ? words.field('event', 'status') : undefined}
        data={eventStates.map((value) => ({ value, label: words.state('event', value) }))}
        value={[...filters.states]}
        clearable
        data-testid="filter-status"
        onChange={(states) => narrow({ states })}
      />
      <Select
        className={list.choice}
        aria-label={words.field('event', 'body.module')}
        placeholder={words.field('event', 'body.module')}
        searchable
        clearable
        data={modules}
        value={filters.module || null}
        onChange={(value) => narrow({ module: value ?? '' })}
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
