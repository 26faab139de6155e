import { memo } from 'react';
import type { MouseEvent } from 'react';
import classes from './DataTable.module.css';
import type { DataColumn } from './DataTable.tsx';

interface DataTableRowProps<Row> {
  row: Row;
  id: string;
  index: number;
  /** Pixels from the start of the body. */
  start: number;
  height: number;
  template: string;
  columns: readonly DataColumn<Row>[];
  selects: boolean;
  selected: boolean;
  current: boolean;
  selectLabel: (row: Row) => string;
  onClick: (event: MouseEvent, index: number, row: Row) => void;
  onToggle: (index: number, range: boolean) => void;
}

function PlainRow<Row>(props: DataTableRowProps<Row>) {
  const { row, id, index, start, height, template, columns, selects, selected, current, onToggle } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selects ? selected : current}
      data-current={current || undefined}
      data-testid={`row-${id}`}
      className={`${classes.row} ${classes.bodyRow}`}
      style={{ gridTemplateColumns: template, blockSize: height, transform: `translateY(${start}px)` }}
      onClick={(event) => props.onClick(event, index, row)}
    >
      {selects && (
        <div role="gridcell" className={classes.select}>
          <input
            type="checkbox"
            className={classes.box}
            aria-label={props.selectLabel(row)}
            checked={selected}
            readOnly
            onClick={(event) => onToggle(index, event.shiftKey)}
          />
        </div>
      )}
      {columns.map((column, at) => (
        <div
          key={column.id}
          role="gridcell"
          className={classes.cell}
          data-first={at === 0 || undefined}
          data-align={column.align}
        >
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** One row of a table; drawn again only when something of it changed, not on every step of a scroll. */
export const DataTableRow = memo(PlainRow) as typeof PlainRow;
