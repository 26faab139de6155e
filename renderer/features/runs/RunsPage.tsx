import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlayerPlay, IconSearchOff } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { useTenantFilter } from '#renderer/data/hooks/tenantFilter.ts';
import { useAutomationWords } from '#renderer/data/hooks/useAutomationWords.ts';
import { useCurrentRow } from '#renderer/data/hooks/useCurrentRow.ts';
import { useRecordPages } from '#renderer/data/hooks/useRecordPages.ts';
import { useRecordSelection } from '#renderer/data/hooks/useRecordSelection.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import list from '#renderer/ui/ListPage.module.css';
import { ListTable } from '#renderer/ui/ListTable.tsx';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { recordPath } from '#renderer/ui/recordPath.ts';
import { rowHeights, useDensity } from '#renderer/ui/useDensity.ts';
import { useNow } from '#renderer/ui/useNow.ts';
import { RunFilterBar } from './RunFilterBar.tsx';
import { RunSelectionBar } from './RunSelectionBar.tsx';
import { runColumns } from './runColumns.tsx';
import { isNarrowed, listFiltersOf, noRunFilters } from './runFilters.ts';
import { useRunListStore } from './runListStore.ts';

/** Milliseconds without a key before a search is asked. */
const typingPause = 120;
const keyOf = (row: ReplicaRecord) => row.record.id;

/** Every run of every rule, live: what happens now and what happened before. */
export function RunsPage() {
  const { t } = useTranslation('automation');
  const words = useRecordWords();
  const automation = useAutomationWords();
  const [, navigate] = useLocation();
  const [density] = useDensity();
  const now = useNow();
  const tenantId = useTenantFilter();
  const { filters, sort, order, reset } = useRunListStore();
  useFiltersOfLink();
  const [search] = useDebouncedValue(filters.text, typingPause);
  const pages = useRecordPages({
    kind: 'run',
    tenantId: filters.tenantId || tenantId,
    filters: listFiltersOf(filters, now),
    search: filters.text === '' ? '' : search,
    sort,
  });
  const [current, setCurrent] = useCurrentRow(pages);
  const selection = useRecordSelection(pages);
  const columns = useMemo(() => runColumns({ t, words, automation }), [t, words, automation]);
  const reading = pages.list.state === 'reading';
  const narrowed = isNarrowed(filters) || tenantId !== '';
  return (
    <div className={list.page}>
      <PageHeader
        title={words.kinds('run')}
        actions={
          <span className={list.count} role="status" data-testid="list-count">
            {t('count', { shown: pages.list.count, total: pages.list.total })}
          </span>
        }
      />
      <RunFilterBar />
      <RunSelectionBar selected={selection.selected} onClear={selection.clear} />
      {pages.list.count === 0 ? (
        <EmptyState
          icon={narrowed && !reading ? <IconSearchOff size={32} /> : <IconPlayerPlay size={32} />}
          title={t(reading ? 'reading' : narrowed ? 'runs.noneFound' : 'rules.noRunsTitle')}
          description={
            reading ? undefined : (pages.list.problem ?? t(narrowed ? 'rules.noneFoundText' : 'rules.noRunsText'))
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
          onOpen={(id) => navigate(recordPath('run', id, false))}
          rowHeight={rowHeights[density]}
          words={{
            table: words.kinds('run'),
            selectAll: t('table.selectAll'),
            selectRow: (row) => t('table.selectRow', { title: words.title(row.record) }),
            sortHint: t('table.sortHint'),
          }}
        />
      )}
    </div>
  );
}

/** A link may bring a rule, states or a period along; they replace the filters and leave the address. */
function useFiltersOfLink(): void {
  const query = useSearch();
  const [location, navigate] = useLocation();
  const narrow = useRunListStore((state) => state.narrow);
  useEffect(() => {
    const given = new URLSearchParams(query);
    const [rule, status] = [given.get('rule'), given.get('status')];
    if (rule === null && status === null) return;
    narrow({ ...noRunFilters, ruleId: rule ?? '', states: status ? status.split(',') : [] });
    navigate(`${location}?`, { replace: true });
  }, [query, location, navigate, narrow]);
}
