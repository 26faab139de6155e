import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactTable, RowData } from '@tanstack/react-table';
import classes from './DataTable.module.css';
import type { DataColumn, TableParts } from './DataTable.tsx';

interface DataTableHeadProps<Row extends RowData> {
  table: ReactTable<TableParts, Row>;
  columns: readonly DataColumn<Row>[];
  template: string;
  /** Sorted by more than one column: each says which it is. */
  numbered: boolean;
  selects: boolean;
  selected: 'none' | 'some' | 'all';
  onToggleAll: (on: boolean) => void;
  words: { selectAll: string; sortHint: string };
}

/** The header row: selects everything, sorts by a column. */
export function DataTableHead<Row extends RowData>(props: DataTableHeadProps<Row>) {
  const { table, columns, template, numbered, selects, selected, onToggleAll, words } = props;
  return table.getHeaderGroups().map((group) => (
    <div key={group.id} role="row" aria-rowindex={1} className={classes.row} style={{ gridTemplateColumns: template }}>
      {selects && (
        <div role="columnheader" className={classes.select}>
          <input
            type="checkbox"
            className={classes.box}
            aria-label={words.selectAll}
            data-testid="select-all"
            checked={selected === 'all'}
            ref={(box) => {
              if (box) box.indeterminate = selected === 'some';
            }}
            onChange={() => onToggleAll(selected !== 'all')}
          />
        </div>
      )}
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
                {direction && numbered && <span className={classes.sortIndex}>{header.column.getSortIndex() + 1}</span>}
              </button>
            ) : (
              <span className={classes.ellipsis}>{column?.header}</span>
            )}
          </div>
        );
      })}
    </div>
  ));
}
