import { useHotkeys } from '@mantine/hooks';
import type { HotkeyItem } from '@mantine/hooks';
import { useCallback, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Resource } from '#shared/records/defineResource.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { RecordPages } from '#renderer/data/hooks/useRecordPages.ts';
import { useCurrentRow } from '#renderer/data/hooks/useCurrentRow.ts';
import { useRecordSelection } from '#renderer/data/hooks/useRecordSelection.ts';
import { useRecordWords } from '#renderer/data/hooks/useRecordWords.ts';
import type { ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { DataTable } from '#renderer/ui/DataTable.tsx';
import type { DataTableHandle } from '#renderer/ui/DataTable.tsx';
import { recordPath } from '#renderer/ui/recordPath.ts';
import { rowHeights, useDensity } from '#renderer/ui/useDensity.ts';
import { BulkDialog } from './BulkDialog.tsx';
import type { ListField, ListView } from './listView.ts';
import { recordColumns } from './recordColumns.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import type { BulkPurpose } from './SelectionBar.tsx';

export interface RecordTableHandle {
  /** Makes a row the current one and the first in sight. */
  goTo: (index: number) => void;
}

interface RecordTableProps {
  resource: Resource;
  pages: RecordPages;
  fields: readonly ListField[];
  sort: ListView['sort'];
  onSort: (sort: ListView['sort']) => void;
  /** Shown instead of a table without rows. */
  empty: ReactNode;
  handle?: Ref<RecordTableHandle>;
}

/** No dialog is open above the list, to which the keys would belong. */
const isOnTop = () => document.querySelector('[role="dialog"][aria-modal="true"]') === null;

const keyOf = (row: ReplicaRecord) => row.record.id;
const physical = { usePhysicalKeys: true };

/** The rows of a list with selection, keys and what can be done with many at once. */
export function RecordTable({ resource, pages, fields, sort, onSort, empty, handle }: RecordTableProps) {
  const { t } = useTranslation('records');
  const words = useRecordWords();
  const [, navigate] = useLocation();
  const [density] = useDensity();
  const table = useRef<DataTableHandle>(null);
  const { list, query, reader } = pages;
  const [current, setCurrent] = useCurrentRow(pages);
  const { selected, toggle, selectAll, drop, clear } = useRecordSelection(pages);
  // The records as they were chosen: what a change takes out of the list stays in its result.
  const [bulk, setBulk] = useState<{ purpose: BulkPurpose; records: readonly RecordEnvelope[] }>();
  useImperativeHandle(handle, () => ({
    goTo: (index) => {
      const within = Math.max(0, Math.min(list.count - 1, index));
      setCurrent(within);
      table.current?.reveal(within, 'first');
    },
  }));
  const rowAt = useCallback((index: number) => list.rowAt(index), [list]);
  /** As they are now where they are held, else as they were when they were chosen. */
  const targets = () => [...selected.values()].map((record) => list.rowAt(list.indexOf(record.id))?.record ?? record);
  const choose = (index: number, range: boolean) => {
    setCurrent(index);
    void toggle(index, range);
  };
  const step = (by: 1 | -1) => {
    if (list.count === 0) return;
    const from = current.index < 0 ? (table.current?.firstInSight() ?? 0) - 1 : current.index;
    const index = Math.max(0, Math.min(list.count - 1, from + by));
    setCurrent(index);
    table.current?.reveal(index, 'nearest');
  };
  const open = (id: string, edit: boolean) => id !== '' && navigate(recordPath(resource.kind, id, edit));
  const assign = () => {
    if (resource.writer === 'server') return;
    const row = list.rowAt(current.index);
    const records = selected.size > 0 ? targets() : row ? [row.record] : [];
    if (records.length > 0) setBulk({ purpose: 'assign', records });
  };
  const keys: HotkeyItem[] = [
    ['J', () => isOnTop() && step(1), physical],
    ['K', () => isOnTop() && step(-1), physical],
    ['X', () => isOnTop() && current.index >= 0 && choose(current.index, false), physical],
    ['shift+X', () => isOnTop() && current.index >= 0 && choose(current.index, true), physical],
    ['E', () => isOnTop() && open(current.id, true), physical],
    ['A', () => isOnTop() && assign(), physical],
    ['Enter', () => isOnTop() && open(current.id, false), { ...physical, preventDefault: false }],
    ['Escape', () => isOnTop() && clear(), { preventDefault: false }],
  ];
  useHotkeys(keys);
  const closeBulk = (done: readonly string[]) => {
    const isNarrowed = (query.filters?.length ?? 0) > 0 || (query.search ?? '') !== '';
    // A change may have taken them out of what is shown, a deletion surely has; what failed stays selected.
    if (bulk?.purpose === 'delete' || isNarrowed) drop(done);
    setBulk(undefined);
  };

  const columns = useMemo(
    () => recordColumns(resource, fields, words, { sync: t('list.sync'), platform: t('platform') }),
    [resource, fields, words, t],
  );
  return (
    <>
      {selected.size > 0 && (
        <SelectionBar
          resource={resource}
          selected={selected}
          onAct={(purpose) => setBulk({ purpose, records: targets() })}
          onClear={clear}
        />
      )}
      {list.count === 0 ? (
        empty
      ) : (
        <DataTable
          handle={table}
          count={list.count}
          rowAt={rowAt}
          onShow={reader.show}
          subject={JSON.stringify(query)}
          keyOf={keyOf}
          columns={columns}
          sort={sort.map((one) => ({ id: one.path, descending: one.descending }))}
          onSort={(next) => onSort(next.map((one) => ({ path: one.id, descending: one.descending })))}
          selected={selected}
          onToggle={choose}
          onToggleAll={(on) => (on ? void selectAll() : clear())}
          current={current.index}
          onCurrent={setCurrent}
          onOpen={(row) => open(keyOf(row), false)}
          rowHeight={rowHeights[density]}
          words={{
            table: t('list.table', { kinds: words.kinds(resource.kind) }),
            selectAll: t('list.selectAll'),
            selectRow: (row) => t('list.selectRow', { title: words.title(row.record) }),
            sortHint: t('list.sortHint'),
          }}
        />
      )}
      {bulk && (
        <BulkDialog
          resource={resource}
          records={bulk.records}
          purpose={bulk.purpose === 'delete' ? 'delete' : 'edit'}
          path={bulk.purpose === 'assign' ? 'assignedTo' : undefined}
          onClose={closeBulk}
        />
      )}
    </>
  );
}
