import { useHotkeys } from '@mantine/hooks';
import type { HotkeyItem } from '@mantine/hooks';
import { useCallback, useImperativeHandle, useRef } from 'react';
import type { Ref } from 'react';
import { DataTable } from './DataTable.tsx';
import type { DataColumn, DataTableHandle } from './DataTable.tsx';

interface ListTableProps<Row> {
  list: { count: number; rowAt: (index: number) => Row | undefined };
  /** Hears which rows are drawn. */
  onShow: (first: number, last: number) => void;
  /** What the rows answer; another subject begins at its first row. */
  subject: string;
  keyOf: (row: Row) => string;
  columns: readonly DataColumn<Row>[];
  sort: readonly { path: string; descending: boolean }[];
  onSort: (sort: { path: string; descending: boolean }[]) => void;
  /** Absent where rows are looked at and never chosen. */
  selection?: {
    selected: { has: (key: string) => boolean; size: number };
    toggle: (index: number, range: boolean) => Promise<void>;
    selectAll: () => Promise<void>;
    clear: () => void;
  };
  /** Moves the list from outside: to a day, to a number. */
  handle?: Ref<DataTableHandle>;
  current: { index: number; id: string };
  onCurrent: (index: number) => void;
  onOpen: (id: string) => void;
  /** What E does; nothing without it. */
  onEdit?: (id: string) => void;
  rowHeight: number;
  words: { table: string; selectAll: string; selectRow: (row: Row) => string; sortHint: string };
}

/** No dialog is open above the list, to which the keys would belong. */
const isOnTop = () => document.querySelector('[role="dialog"][aria-modal="true"]') === null;
/** Enter on a button or link is its own. */
const isControl = (target: EventTarget | null) => target instanceof Element && target.closest('button, a') !== null;
const nothing: ReadonlySet<string> = new Set();
const physical = { usePhysicalKeys: true };

/** A table with the keys every list has: J and K move, X selects, Enter opens, E edits, Escape selects nothing. */
export function ListTable<Row extends object>(props: ListTableProps<Row>) {
  const { list, selection, current, onCurrent, onOpen, onEdit, sort, onSort } = props;
  const table = useRef<DataTableHandle>(null);
  const { rowAt } = list;
  useImperativeHandle(props.handle, () => ({
    reveal: (...place) => table.current?.reveal(...place),
    firstInSight: () => table.current?.firstInSight() ?? 0,
  }));
  const step = (by: 1 | -1) => {
    if (list.count === 0) return;
    const from = current.index < 0 ? (table.current?.firstInSight() ?? 0) - 1 : current.index;
    const index = Math.max(0, Math.min(list.count - 1, from + by));
    onCurrent(index);
    table.current?.reveal(index, 'nearest');
  };
  const choose = (index: number, range: boolean) => {
    onCurrent(index);
    void selection?.toggle(index, range);
  };
  const keys: HotkeyItem[] = [
    ['J', () => isOnTop() && step(1), physical],
    ['K', () => isOnTop() && step(-1), physical],
    ['X', () => isOnTop() && current.index >= 0 && choose(current.index, false), physical],
    ['shift+X', () => isOnTop() && current.index >= 0 && choose(current.index, true), physical],
    ['E', () => isOnTop() && current.id !== '' && onEdit?.(current.id), physical],
    [
      'Enter',
      (event) => isOnTop() && !isControl(event.target) && current.id !== '' && onOpen(current.id),
      { ...physical, preventDefault: false },
    ],
    ['Escape', () => isOnTop() && selection?.clear(), { preventDefault: false }],
  ];
  useHotkeys(keys);
  const read = useCallback((index: number) => rowAt(index), [rowAt]);
  return (
    <DataTable
      handle={table}
      count={list.count}
      rowAt={read}
      onShow={props.onShow}
      subject={props.subject}
      keyOf={props.keyOf}
      columns={props.columns}
      sort={sort.map((one) => ({ id: one.path, descending: one.descending }))}
      onSort={(next) => onSort(next.map((one) => ({ path: one.id, descending: one.descending })))}
      {...(selection ? {} : { selectable: 'none' as const })}
      selected={selection?.selected ?? nothing}
      onToggle={choose}
      onToggleAll={(on) => (on ? void selection?.selectAll() : selection?.clear())}
      current={current.index}
      onCurrent={onCurrent}
      onOpen={(row) => onOpen(props.keyOf(row))}
      rowHeight={props.rowHeight}
      words={props.words}
    />
  );
}
