import { useCallbackRef } from '@mantine/hooks';
import { columnSizingFeature, rowSortingFeature, tableFeatures, useTable } from '@tanstack/react-table';
import type { SortingState } from '@tanstack/react-table';
import type { KeyboardEvent, MouseEvent, ReactNode, Ref } from 'react';
import { useImperativeHandle, useMemo } from 'react';
import classes from './DataTable.module.css';
import { DataTableHead } from './DataTableHead.tsx';
import { DataTableRow } from './DataTableRow.tsx';
import { SkeletonRow } from './SkeletonRow.tsx';
import { useScaledScroll } from './useScaledScroll.ts';
import type { ScaledScroll } from './useScaledScroll.ts';

export interface DataColumn<Row> {
  id: string;
  header: string;
  /** Pixels it asks for; columns grow together to fill the width. */
  width: number;
  /** Pixels it keeps where there is little room; 88 or its width. */
  least?: number;
  align?: 'start' | 'end';
  sortable: boolean;
  cell: (row: Row) => ReactNode;
}

/** What the table does when it is told to, not when something changed. */
export type DataTableHandle = Pick<ScaledScroll, 'reveal' | 'firstInSight'>;

interface DataTableProps<Row> {
  count: number;
  /** undefined = not read yet, drawn as a quiet row. A new function when rows changed. */
  rowAt: (index: number) => Row | undefined;
  /** Hears which rows are drawn, both ends included, once per frame at most. */
  onShow: (first: number, last: number) => void;
  /** What the rows answer, for example a query; another subject begins at its first row. */
  subject: string;
  keyOf: (row: Row) => string;
  columns: readonly DataColumn<Row>[];
  /** First counts most. The rows come sorted; the table only shows and asks. */
  sort: readonly { id: string; descending: boolean }[];
  onSort: (sort: { id: string; descending: boolean }[]) => void;
  /** 'none' = rows are looked at, never chosen: without the column of boxes. */
  selectable?: 'none';
  selected: { has: (key: string) => boolean; size: number };
  /** `range` extends the selection from the row selected last. */
  onToggle: (index: number, range: boolean) => void;
  onToggleAll: (on: boolean) => void;
  /** Index of the row that keys act on; -1 = none. */
  current: number;
  onCurrent: (index: number) => void;
  onOpen: (row: Row) => void;
  rowHeight: number;
  words: { table: string; selectAll: string; selectRow: (row: Row) => string; sortHint: string };
  handle?: Ref<DataTableHandle>;
}

export type TableParts = typeof features;

const features = tableFeatures({ rowSortingFeature, columnSizingFeature });
const selectWidth = 40;
/** Pixels a column keeps, however many there are; beyond that the table scrolls sideways. */
const leastWidth = 88;

/** A table of any length that draws only the rows in sight, with a header that stays. It knows nothing of its rows. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { count, rowAt, keyOf, columns, sort, onSort, selected, onToggle, current, onCurrent, rowHeight, words } =
    props;
  const { onShow, subject } = props;
  const scroll = useScaledScroll({ count, rowHeight, subject, onShow });
  const { viewport, head, first, last } = scroll;
  useImperativeHandle(props.handle, () => ({ reveal: scroll.reveal, firstInSight: scroll.firstInSight }));

  // Of a long list only the rows drawn exist here; the others are places.
  const read = useMemo(() => readBetween(rowAt, first, last), [rowAt, first, last]);
  const sorting = useMemo<SortingState>(() => sort.map((one) => ({ id: one.id, desc: one.descending })), [sort]);
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.header,
        size: column.width,
        enableSorting: column.sortable,
        accessorFn: (row: Row) => row,
      })),
    [columns],
  );
  const table = useTable<typeof features, Row>({
    features,
    data: read.rows,
    columns: definitions,
    state: { sorting },
    manualSorting: true,
    sortDescFirst: false,
    onSortingChange: (update) => {
      const next = typeof update === 'function' ? update(sorting) : update;
      onSort(next.map((one) => ({ id: one.id, descending: one.desc })));
    },
  });
  const drawn = table.getRowModel().rows;

  const selects = props.selectable !== 'none';
  const least = columns.reduce((sum, column) => sum + leastOf(column), (selects ? selectWidth : 0) + 24);
  const template = `${selects ? `${selectWidth}px ` : ''}${columns.map((column) => `minmax(${leastOf(column)}px, ${column.width}fr)`).join(' ')}`;
  const onRowClick = useCallbackRef((event: MouseEvent, index: number, row: Row) => {
    if (event.target instanceof Element && event.target.closest('a, button, input, label')) return;
    onCurrent(index);
    if (event.shiftKey && selects) onToggle(index, true);
    else props.onOpen(row);
  });
  const onRowToggle = useCallbackRef(onToggle);
  const selectLabel = useCallbackRef(words.selectRow);
  const onKeyDown = (event: KeyboardEvent) => {
    const from = current < 0 ? scroll.firstInSight() - 1 : current;
    const wanted = targetOf(event, from, count, scroll.page());
    if (wanted === undefined || count === 0) return;
    event.preventDefault();
    const index = Math.max(0, Math.min(count - 1, wanted));
    onCurrent(index);
    scroll.reveal(index, 'nearest');
  };
  const keys = new Set<string>();
  return (
    <div
      ref={viewport}
      className={classes.viewport}
      role="grid"
      aria-label={words.table}
      aria-rowcount={count + 1}
      aria-multiselectable={selects || undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div ref={head} className={classes.head} role="rowgroup" style={{ minInlineSize: least }}>
        <DataTableHead
          table={table}
          columns={columns}
          template={template}
          numbered={sort.length > 1}
          selects={selects}
          selected={selected.size === 0 ? 'none' : selected.size >= count ? 'all' : 'some'}
          onToggleAll={props.onToggleAll}
          words={words}
        />
      </div>
      <div role="rowgroup" className={classes.body} style={{ blockSize: scroll.space, minInlineSize: least }}>
        {Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => {
          const index = first + at;
          const row = drawn[read.places.get(index) ?? -1]?.original;
          const place = { index, start: scroll.startOf(index), height: rowHeight, template, columns, selects };
          if (!row) return <SkeletonRow key={index} {...place} current={index === current} />;
          const key = keyOf(row);
          // While a list is read anew a row may stand at its old and at its new place.
          const isTwice = keys.has(key);
          keys.add(key);
          return (
            <DataTableRow
              key={isTwice ? index : key}
              {...place}
              row={row}
              id={key}
              selected={selected.has(key)}
              current={index === current}
              selectLabel={selectLabel}
              onClick={onRowClick}
              onToggle={onRowToggle}
            />
          );
        })}
      </div>
    </div>
  );
}

/** The rows that are read, and at which of them each index stands. */
function readBetween<Row>(rowAt: (index: number) => Row | undefined, first: number, last: number) {
  const rows: Row[] = [];
  const places = new Map<number, number>();
  for (let index = first; index <= last; index += 1) {
    const row = rowAt(index);
    if (row === undefined) continue;
    places.set(index, rows.length);
    rows.push(row);
  }
  return { rows, places };
}

/** The row a key leads to; undefined for other keys. */
function targetOf(event: KeyboardEvent, from: number, count: number, page: number): number | undefined {
  switch (event.key) {
    case 'ArrowDown':
      return from + 1;
    case 'ArrowUp':
      return from - 1;
    case 'PageDown':
      return from + page;
    case 'PageUp':
      return from - page;
    case 'Home':
      return event.ctrlKey ? 0 : undefined;
    case 'End':
      return event.ctrlKey ? count - 1 : undefined;
    default:
      return undefined;
  }
}

function leastOf(column: { width: number; least?: number }): number {
  return column.least ?? Math.min(column.width, leastWidth);
}
