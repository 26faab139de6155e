import { memo } from 'react';
import classes from './DataTable.module.css';
import type { DataColumn } from './DataTable.tsx';

interface SkeletonRowProps<Row> {
  index: number;
  /** Pixels from the start of the body. */
  start: number;
  height: number;
  template: string;
  columns: readonly DataColumn<Row>[];
  selects: boolean;
  current: boolean;
}

function PlainSkeleton<Row>({ index, start, height, template, columns, selects, current }: SkeletonRowProps<Row>) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy="true"
      data-current={current || undefined}
      data-testid="unread-row"
      className={`${classes.row} ${classes.bodyRow}`}
      style={{ gridTemplateColumns: template, blockSize: height, transform: `translateY(${start}px)` }}
    >
      {selects && <div role="gridcell" className={classes.select} />}
      {columns.map((column, at) => (
        <div key={column.id} role="gridcell" className={classes.cell} data-align={column.align}>
          <span className={classes.unread} data-length={(index + at) % 3} />
        </div>
      ))}
    </div>
  );
}

/** The place of a row that is being read: as high as a row, and quiet. */
export const SkeletonRow = memo(PlainSkeleton) as typeof PlainSkeleton;
