import { Button } from '@mantine/core';
import { IconArrowUp, IconDatabaseSearch, IconLock, IconPlugConnectedX, IconSearchOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { justAfter, justBefore, queryOfFilters } from '#renderer/data/audit/auditFilters.ts';
import { useEntryWords } from '#renderer/data/audit/useEntryWords.ts';
import { useAccess } from '#renderer/data/hooks/useAccess.ts';
import { useCurrentRow } from '#renderer/data/hooks/useCurrentRow.ts';
import { useFoundRecord } from '#renderer/data/hooks/useFoundRecord.ts';
import { useRecordCount } from '#renderer/data/hooks/useRecordCount.ts';
import { useRecordPages } from '#renderer/data/hooks/useRecordPages.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { PagedList, ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { textIn } from '#shared/records/readBody.ts';
import type { DataTableHandle } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { ListTable } from '#renderer/ui/ListTable.tsx';
import { rowHeights, useDensity } from '#renderer/ui/useDensity.ts';
import { EntryPanel } from '../entry/EntryPanel.tsx';
import { entryColumns } from './entryColumns.tsx';
import { ListFoot } from './ListFoot.tsx';
import { useAuditQuery } from './useAuditQuery.ts';
import type { AuditLook } from './useAuditFilters.ts';
import classes from './Viewer.module.css';

const keyOf = (row: ReplicaRecord) => row.record.id;
type Sort = { path: string; descending: boolean }[];
const newestFirst: Sort = [{ path: 'body.at', descending: true }];

/**
 * The entries that the filters leave, newest first, and one of them beside the list. What comes while a person reads further
 * down or has an entry open waits above the list, so that nothing moves under the hand.
 */
export function AuditList({ look, older }: { look: AuditLook; older: ReactNode }) {
  const { t } = useTranslation('audit');
  const words = useRecordWords();
  const entries = useEntryWords();
  const [density] = useDensity();
  const table = useRef<DataTableHandle>(null);
  const [sort, setSort] = useState<Sort>(newestFirst);
  // Another view is another list: what was open in the one before is not in it.
  const { view } = look.filters;
  const [opened, setOpened] = useState({ view, id: '' });
  const openId = opened.view === view ? opened.id : '';
  const setOpenId = (id: string) => setOpened({ view, id });
  const asked = useAuditQuery(look.filters);
  const subject = `${queryOfFilters(look.filters)} ${JSON.stringify(sort)} ${asked.tenantId}`;
  // The list as it was when the person began to read it; '' = it follows. Another list follows again.
  const [held, setHeld] = useState({ subject, at: '' });
  const heldAt = held.subject === subject ? held.at : '';
  const isNewestFirst = sort[0]?.descending ?? true;
  const bound = heldAt === '' || !isNewestFirst ? [] : [{ path: 'body.at', operator: 'less' as const, value: heldAt }];
  const pages = useRecordPages({ ...asked, filters: [...asked.filters, ...bound], sort });
  const fresh = useRecordCount({
    ...asked,
    filters: [
      ...asked.filters,
      { path: 'body.at', operator: 'greater', value: heldAt === '' ? '9999' : justBefore(heldAt) },
    ],
  });
  // Holding the list back and the passing of time make it no other list.
  const [current, setCurrent] = useCurrentRow({ ...pages, query: { kind: 'auditEntry', search: subject } });
  const open = useFoundRecord('auditEntry', openId);
  const columns = useMemo(
    () => entryColumns({ t, words, entries, narrow: openId !== '' }),
    [t, words, entries, openId],
  );
  const hold = () => {
    const newest = pages.list.rowAt(0);
    const at = newest && textIn(newest.record.body, 'at');
    if (at && heldAt === '') setHeld({ subject, at: justAfter(at) });
  };
  const step = (by: -1 | 1) => {
    const index = Math.max(0, Math.min(pages.list.count - 1, current.index + by));
    setCurrent(index);
    table.current?.reveal(index, 'nearest');
    const next = pages.list.rowAt(index);
    if (next) setOpenId(next.record.id);
  };
  const choose = (index: number) => {
    setCurrent(index);
    const row = pages.list.rowAt(index);
    if (row && openId !== '') setOpenId(row.record.id);
  };
  return (
    <>
      {fresh !== undefined && fresh > 0 && heldAt !== '' && (
        <div className={classes.fresh}>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconArrowUp size={14} />}
            data-testid="fresh"
            onClick={() => {
              setHeld({ subject, at: '' });
              table.current?.reveal(0, 'first');
            }}
          >
            {t('list.fresh', { count: fresh })}
          </Button>
        </div>
      )}
      <div className={classes.main}>
        <div className={classes.list}>
          {pages.list.count === 0 ? (
            <NoEntries list={pages.list} onClear={look.reset} />
          ) : (
            <ListTable
              list={pages.list}
              handle={table}
              onShow={(first, last) => {
                pages.reader.show(first, last);
                if (first > 0) hold();
              }}
              subject={subject}
              keyOf={keyOf}
              columns={columns}
              sort={sort}
              onSort={(next) => setSort(next.slice(-1))}
              current={current}
              onCurrent={choose}
              onOpen={(id) => {
                hold();
                setOpenId(id);
              }}
              rowHeight={rowHeights[density]}
              words={{
                table: t('title'),
                selectAll: '',
                selectRow: () => '',
                sortHint: t('list.sortHint'),
              }}
            />
          )}
        </div>
        {openId !== '' && open.state === 'found' && (
          <div className={classes.panel}>
            <EntryPanel record={open.record.record} onStep={step} onShow={look.show} onClose={() => setOpenId('')} />
          </div>
        )}
      </div>
      <ListFoot
        list={pages.list}
        look={look}
        older={older}
        query={{ ...asked, sort }}
        descending={isNewestFirst}
        onDay={async (instant) => {
          hold();
          const index = await pages.reader.positionOf(instant);
          table.current?.reveal(Math.min(index, Math.max(0, pages.list.count - 1)), 'first');
        }}
      />
    </>
  );
}

function NoEntries({ list, onClear }: { list: PagedList; onClear: () => void }) {
  const { t } = useTranslation('audit');
  const whyNot = useAccess()('audit.view');
  if (list.state === 'reading') return <EmptyState icon={<IconDatabaseSearch size={32} />} title={t('list.reading')} />;
  if (list.state === 'failed')
    return (
      <EmptyState icon={<IconPlugConnectedX size={32} />} title={t('list.failed')} description={list.problem ?? ''} />
    );
  if (whyNot !== '') return <EmptyState icon={<IconLock size={32} />} title={t('list.noRight')} description={whyNot} />;
  return (
    <EmptyState
      icon={<IconSearchOff size={32} />}
      title={t(list.total > 0 ? 'list.noneFound' : 'list.empty')}
      description={t(list.total > 0 ? 'list.noneFoundText' : 'list.emptyText')}
      action={
        list.total > 0 ? (
          <Button variant="default" onClick={onClear}>
            {t('chip.clear')}
          </Button>
        ) : undefined
      }
    />
  );
}
