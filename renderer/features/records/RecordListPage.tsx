import { Button } from '@mantine/core';
import { IconDatabaseSearch, IconLock, IconMoodEmpty, IconPlugConnectedX, IconSearchOff } from '@tabler/icons-react';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { holdsAnywhere } from '#shared/domain/access/decideAccess.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import { useTenantFilter } from '#renderer/data/hooks/tenantFilter.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordPages } from '#renderer/data/hooks/useRecordPages.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { PagedList } from '#renderer/data/replicaApi.ts';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { PageHeader } from '#renderer/ui/PageHeader.tsx';
import { ListToolbar } from './ListToolbar.tsx';
import classes from './RecordList.module.css';
import { JumpToDate } from './JumpToDate.tsx';
import { OlderBar } from './OlderBar.tsx';
import { RecordTable } from './RecordTable.tsx';
import type { RecordTableHandle } from './RecordTable.tsx';
import { filtersOfQuery, isComplete, listFields } from './listView.ts';
import { useListView } from './listViewStore.ts';
import { useCsvExport } from './useCsvExport.tsx';

/** Any kind as a list: searched, filtered, sorted, selected, changed together, exported. */
export function RecordListPage({ kind }: { kind: string }) {
  const { t } = useTranslation('records');
  const resource = resourceByKind(kind);
  if (!resource) {
    return (
      <EmptyState
        icon={<IconSearchOff size={32} />}
        title={t('missing.title')}
        description={t('missing.kind', { kind })}
      />
    );
  }
  return <ListOf key={kind} resource={resource} />;
}

/** Milliseconds without a key before a search is asked. */
const typingPause = 120;

function ListOf({ resource }: { resource: Resource }) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const principal = usePrincipal();
  const tenantId = useTenantFilter();
  const { view, change } = useListView(resource);
  const exportCsv = useCsvExport(resource);
  useFiltersOfLink(resource, change);
  const fields = useMemo(() => listFields(resource), [resource]);
  const shown = useMemo(
    () => view.columns.flatMap((path) => fields.find((field) => field.path === path) ?? []),
    [view.columns, fields],
  );
  const [search] = useDebouncedValue(view.search, typingPause);
  const pages = useRecordPages({
    kind: resource.kind,
    tenantId: resource.scope === 'platform' ? '' : tenantId,
    filters: view.filters.filter(isComplete),
    search: view.search === '' ? '' : search,
    sort: view.sort,
  });
  const { list, query, reader } = pages;
  const table = useRef<RecordTableHandle>(null);
  const [first] = view.sort;
  const isByTime = fields.some((field) => field.path === first?.path && field.type === 'instant');
  const holds = (verb: string) => principal !== undefined && holdsAnywhere(principal, `${resource.permission}.${verb}`);
  return (
    <div className={classes.page}>
      <PageHeader
        title={words.kinds(resource.kind)}
        actions={
          <span className={classes.count} role="status" data-testid="list-count">
            {list.counted
              ? t('list.count', { shown: list.count, total: list.total })
              : t('list.counting', { total: list.total })}
          </span>
        }
      />
      <ListToolbar
        resource={resource}
        fields={fields}
        view={view}
        onChange={change}
        mayCreate={resource.writer === 'console' && holds('create')}
        query={query}
        jump={
          isByTime && (
            <JumpToDate
              reader={reader}
              descending={first?.descending ?? false}
              onJump={(index) => table.current?.goTo(index)}
            />
          )
        }
        onExport={() => void exportCsv(shown, query, list.count)}
      />
      <RecordTable
        resource={resource}
        handle={table}
        pages={pages}
        fields={shown}
        sort={view.sort}
        onSort={(sort) => change({ sort })}
        empty={
          <NoRows
            list={list}
            mayView={holds('view')}
            permission={`${resource.permission}.view`}
            onClear={() => change({ filters: [], search: '' })}
          />
        }
      />
      <OlderBar resource={resource} fields={shown} />
    </div>
  );
}

/** A link may bring filters along, `?status=failed`; they replace the filters shown and leave the address. */
function useFiltersOfLink(resource: Resource, change: ReturnType<typeof useListView>['change']): void {
  const query = useSearch();
  const [location, navigate] = useLocation();
  useEffect(() => {
    if (query === '') return;
    const filters = filtersOfQuery(resource, query);
    if (filters.length > 0) change({ filters, search: '' });
    navigate(`${location}?`, { replace: true });
  }, [query, resource, change, location, navigate]);
}

interface NoRowsProps {
  list: PagedList;
  mayView: boolean;
  permission: string;
  onClear: () => void;
}

function NoRows({ list, mayView, permission, onClear }: NoRowsProps) {
  const { t } = useTranslation('records');
  if (list.state === 'failed') {
    return (
      <EmptyState icon={<IconPlugConnectedX size={32} />} title={t('list.failedTitle')} description={list.problem} />
    );
  }
  if (list.state === 'reading') return <EmptyState icon={<IconDatabaseSearch size={32} />} title={t('reading')} />;
  if (!mayView) {
    return (
      <EmptyState
        icon={<IconLock size={32} />}
        title={t('list.noRightTitle')}
        description={t('lock.no_edit', { permission })}
      />
    );
  }
  return list.total > 0 ? (
    <EmptyState
      icon={<IconSearchOff size={32} />}
      title={t('list.noMatchTitle')}
      description={t('list.noMatchText')}
      action={
        <Button size="xs" variant="default" data-testid="clear-filters" onClick={onClear}>
          {t('list.clearFilters')}
        </Button>
      }
    />
  ) : (
    <EmptyState icon={<IconMoodEmpty size={32} />} title={t('list.emptyTitle')} description={t('list.emptyText')} />
  );
}
