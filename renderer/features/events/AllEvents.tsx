import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconActivity, IconBan, IconRefresh, IconReload, IconSearchOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useTenantFilter } from '#renderer/data/hooks/tenantFilter.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useStepsAccess } from '#renderer/data/hooks/useStepsAccess.ts';
import type { CommandControl } from '#renderer/data/hooks/useCommand.ts';
import { useCurrentRow } from '#renderer/data/hooks/useCurrentRow.ts';
import { useRecordPages } from '#renderer/data/hooks/useRecordPages.ts';
import { useRecordSelection } from '#renderer/data/hooks/useRecordSelection.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { Selection } from '#renderer/data/list/selection.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { GuardedButton } from '#renderer/ui/GuardedButton.tsx';
import list from '#renderer/ui/ListPage.module.css';
import { ListTable } from '#renderer/ui/ListTable.tsx';
import { recordPath } from '#renderer/ui/recordPath.ts';
import { rowHeights, useDensity } from '#renderer/ui/useDensity.ts';
import { useNow } from '#renderer/ui/useNow.ts';
import { EventFilterBar } from './EventFilterBar.tsx';
import { IgnoreDialog } from './IgnoreDialog.tsx';
import { canIgnore, canRetry } from './eventActs.ts';
import { eventColumns } from './eventColumns.tsx';
import { isNarrowed, listFiltersOf } from './eventFilters.ts';
import { useEventListStore } from './eventListStore.ts';

/** Milliseconds without a key before a search is asked. */
const typingPause = 120;
const keyOf = (row: ReplicaRecord) => row.record.id;

interface AllEventsProps {
  control: CommandControl;
  onReplay: (eventIds: readonly string[]) => void;
}

/** Every event, live; some of them chosen for a retry, a replay or to be ignored. */
export function AllEvents({ control, onReplay }: AllEventsProps) {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const [, navigate] = useLocation();
  const [density] = useDensity();
  const now = useNow();
  const tenantId = useTenantFilter();
  const { filters, sort, order, reset } = useEventListStore();
  const [search] = useDebouncedValue(filters.text, typingPause);
  const pages = useRecordPages({
    kind: 'event',
    tenantId: filters.tenantId || tenantId,
    filters: listFiltersOf(filters, now),
    search: filters.text === '' ? '' : search,
    sort,
  });
  const [current, setCurrent] = useCurrentRow(pages);
  const selection = useRecordSelection(pages);
  const columns = useMemo(() => eventColumns(t, words), [t, words]);
  const reading = pages.list.state === 'reading';
  const narrowed = isNarrowed(filters) || tenantId !== '';
  return (
    <>
      <EventFilterBar />
      {selection.selected.size > 0 && (
        <EventSelectionBar
          selected={selection.selected}
          control={control}
          onReplay={onReplay}
          onClear={selection.clear}
        />
      )}
      {pages.list.count === 0 ? (
        <EmptyState
          icon={narrowed && !reading ? <IconSearchOff size={32} /> : <IconActivity size={32} />}
          title={t(reading ? 'reading' : narrowed ? 'events.noneFound' : 'events.empty')}
          description={
            reading ? undefined : (pages.list.problem ?? t(narrowed ? 'rules.noneFoundText' : 'events.emptyText'))
          }
          action={
            narrowed && !reading ? (
              <Button variant="default" onClick={reset}>
                {t('showAll')}
              </Button>
            ) : undefined
          }
        />
      ) : (
        <ListTable
          list={pages.list}
          onShow={pages.reader.show}
          subject={JSON.stringify(pages.query)}
          keyOf={keyOf}
          columns={columns}
          sort={sort}
          onSort={order}
          selection={selection}
          current={current}
          onCurrent={setCurrent}
          onOpen={(id) => navigate(recordPath('event', id, false))}
          rowHeight={rowHeights[density]}
          words={{
            table: words.kinds('event'),
            selectAll: t('table.selectAll'),
            selectRow: (row) => t('table.selectRow', { title: words.title(row.record) }),
            sortHint: t('table.sortHint'),
          }}
        />
      )}
    </>
  );
}

interface EventSelectionBarProps extends AllEventsProps {
  selected: Selection;
  onClear: () => void;
}

function EventSelectionBar({ selected, control, onReplay, onClear }: EventSelectionBarProps) {
  const { t } = useTranslation('automation');
  const access = useAccess();
  const [ignoring, setIgnoring] = useState<readonly string[]>();
  const chosen = [...selected.values()];
  const retryable = chosen.filter(canRetry).map(({ id }) => id);
  const ignorable = chosen.filter(canIgnore).map(({ id }) => id);
  const whyNot = access('events.edit') || access('commands.create');
  const steps = useStepsAccess();
  const retry = async () => {
    if (await steps.prove(steps.ofAny())) await control.give('retryEvents', { eventIds: retryable });
  };
  return (
    <div className={list.selection} role="toolbar" aria-label={t('table.selected', { count: selected.size })}>
      <b data-testid="selected-count">{t('table.selected', { count: selected.size })}</b>
      <GuardedButton
        size="compact-sm"
        variant="default"
        leftSection={<IconReload size={14} />}
        whyNot={whyNot}
        data-testid="replay-selected"
        onClick={() => onReplay([...selected.keys()])}
      >
        {t('replay.many', { count: selected.size })}
      </GuardedButton>
      <GuardedButton
        size="compact-sm"
        variant="default"
        leftSection={<IconRefresh size={14} />}
        whyNot={whyNot || (retryable.length === 0 ? t('events.noneToRetry') : '')}
        data-testid="retry-selected"
        onClick={() => void retry()}
      >
        {t('events.retryMany', { count: retryable.length })}
      </GuardedButton>
      <GuardedButton
        size="compact-sm"
        variant="default"
        leftSection={<IconBan size={14} />}
        whyNot={whyNot || (ignorable.length === 0 ? t('events.noneToIgnore') : '')}
        onClick={() => setIgnoring(ignorable)}
      >
        {t('events.ignore')}
      </GuardedButton>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
        {t('table.clear')}
      </Button>
      {ignoring && <IgnoreDialog eventIds={ignoring} control={control} onClose={() => setIgnoring(undefined)} />}
    </div>
  );
}
