import { useCallbackRef } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { columnSizingFeature, rowSortingFeature, tableFeatures, useTable } from '@tanstack/react-table';
import type { SortingState } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { useEffect, useMemo, useRef } from 'react';
import classes from './DataTable.module.css';
import { DataTableRow } from './DataTableRow.tsx';

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

interface DataTableProps<Row> {
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  columns: readonly DataColumn<Row>[];
  /** First counts most. The rows come sorted; the table only shows and asks. */
  sort: readonly { id: string; descending: boolean }[];
  onSort: (sort: { id: string; descending: boolean }[]) => void;
  selected: ReadonlySet<string>;
  /** `range` extends the selection from the row selected last. */
  onToggle: (key: string, range: boolean) => void;
  onToggleAll: (on: boolean) => void;
  /** Key of the row that keys act on. */
  current: string;
  onCurrent: (key: string) => void;
  onOpen: (row: Row) => void;
  rowHeight: number;
  words: { table: string; selectAll: string; selectRow: (row: Row) => string; sortHint: string };
}

const features = tableFeatures({ rowSortingFeature, columnSizingFeature });
const selectWidth = 40;
/** Pixels a column keeps, however many there are; beyond that the table scrolls sideways. */
const leastWidth = 88;

/** A table that draws only the rows in sight, with a header that stays. It knows nothing of what the rows are. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { rows, keyOf, columns, sort, onSort, selected, onToggle, onToggleAll, current, onCurrent, words } = props;
  const viewport = useRef<HTMLDivElement>(null);
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
    data: rows,
    columns: definitions,
    getRowId: keyOf,
    state: { sorting },
    manualSorting: true,
    sortDescFirst: false,
    onSortingChange: (update) => {
      const next = typeof update === 'function' ? update(sorting) : update;
      onSort(next.map((one) => ({ id: one.id, descending: one.desc })));
    },
  });
  const drawn = table.getRowModel().rows;
  const virtualizer = useVirtualizer({
    count: drawn.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => props.rowHeight,
    overscan: 12,
  });
  const position = useMemo(() => rows.findIndex((row) => keyOf(row) === current), [rows, keyOf, current]);
  useEffect(() => {
    if (position >= 0) virtualizer.scrollToIndex(position, { align: 'auto' });
    // The virtualizer is a new object on every render; only a move of the current row may scroll.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [current]);

  const least = columns.reduce((sum, column) => sum + leastOf(column), selectWidth + 24);
  const template = `${selectWidth}px ${columns.map((column) => `minmax(${leastOf(column)}px, ${column.width}fr)`).join(' ')}`;
  const allSelected = rows.length > 0 && selected.size >= rows.length && rows.every((row) => selected.has(keyOf(row)));
  const onRowClick = useCallbackRef((event: MouseEvent, row: Row) => {
    if (event.target instanceof Element && event.target.closest('a, button, input')) return;
    onCurrent(keyOf(row));
    if (event.shiftKey) onToggle(keyOf(row), true);
    else props.onOpen(row);
  });
  const onRowToggle = useCallbackRef(onToggle);
  const selectLabel = useCallbackRef(words.selectRow);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const next = rows[Math.max(0, Math.min(rows.length - 1, position + (event.key === 'ArrowDown' ? 1 : -1)))];
    if (next) onCurrent(keyOf(next));
  };
  return (
    <div
      ref={viewport}
      className={classes.viewport}
      role="grid"
      aria-label={words.table}
      aria-rowcount={rows.length + 1}
      aria-multiselectable="true"
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className={classes.head} role="rowgroup" style={{ minInlineSize: least }}>
        {table.getHeaderGroups().map((group) => (
          <div
            key={group.id}
            role="row"
            aria-rowindex={1}
            className={classes.row}
            style={{ gridTemplateColumns: template }}
          >
            <div role="columnheader" className={classes.select}>
              <input
                type="checkbox"
                className={classes.box}
                aria-label={words.selectAll}
                data-testid="select-all"
                checked={allSelected}
                ref={(box) => {
                  if (box) box.indeterminate = !allSelected && selected.size > 0;
                }}
                onChange={() => onToggleAll(!allSelected)}
              />
            </div>
            {group.headers.map((header) => {
              const column = columns.find((one) => one.id === header.column.id);
              const direction = header.column.getIsSorted();
              return (
                <div
                  key={header.id}
                  role="columnheader"
                  className={classes.headCell}
                  data-align={column?.align}
                  aria-sort={direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : undefined}
                >
                  {column?.sortable ? (
                    <button
                      type="button"
                      className={classes.sort}
                      title={words.sortHint}
                      data-testid={`sort-${header.column.id}`}
                      onClick={header.column.getToggleSortingHandler()}
                    >
                      <span className={classes.ellipsis}>{column.header}</span>
                      {direction === 'asc' && <IconArrowUp size={12} aria-hidden="true" />}
                      {direction === 'desc' && <IconArrowDown size={12} aria-hidden="true" />}
                      {direction && sort.length > 1 && (
                        <span className={classes.sortIndex}>{header.column.getSortIndex() + 1}</span>
                      )}
                    </button>
                  ) : (
                    <span className={classes.ellipsis}>{column?.header}</span>
                  )}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <div
        role="rowgroup"
        className={classes.body}
        style={{ blockSize: virtualizer.getTotalSize(), minInlineSize: least }}
      >
        {virtualizer.getVirtualItems().map((item) => {
          const row = drawn[item.index];
          return (
            row && (
              <DataTableRow
                key={row.id}
                row={row.original}
                id={row.id}
                index={item.index}
                start={item.start}
                height={props.rowHeight}
                template={template}
                columns={columns}
                selected={selected.has(row.id)}
                current={row.id === current}
                selectLabel={selectLabel}
                onClick={onRowClick}
                onToggle={onRowToggle}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

function leastOf(column: { width: number; least?: number }): number {
  return column.least ?? Math.min(column.width, leastWidth);
}
