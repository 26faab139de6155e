import { useVirtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import classes from './VirtualList.module.css';

interface VirtualListProps<Item> {
  items: readonly Item[];
  keyOf: (item: Item) => string;
  render: (item: Item, index: number) => ReactNode;
  /** Pixels a row probably takes; measured once drawn. */
  estimate: number;
  /** What the list holds, for those who do not see it. */
  label: string;
  /** Key of the row kept in view; the list scrolls when it changes. */
  current?: string;
  onKeyDown?: (event: KeyboardEvent) => void;
  className?: string;
}

/** A list that draws only the rows in sight, however many there are. Rows may have different heights. */
export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const { items, keyOf, render, estimate, label, current, onKeyDown, className } = props;
  const viewport = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => estimate,
    overscan: 8,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
  });
  const position = current === undefined ? -1 : items.findIndex((item) => keyOf(item) === current);
  useEffect(() => {
    if (position >= 0) virtualizer.scrollToIndex(position, { align: 'auto' });
    // The virtualizer is a new object on every render; only a move of the current row may scroll.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [position]);
  return (
    <div
      ref={viewport}
      className={className ? `${classes.viewport} ${className}` : classes.viewport}
      tabIndex={0}
      role="region"
      aria-label={label}
      onKeyDown={onKeyDown}
    >
      <ul className={classes.list} style={{ blockSize: virtualizer.getTotalSize() }} aria-label={label}>
        {virtualizer.getVirtualItems().map((row) => {
          const item = items[row.index];
          return item === undefined ? null : (
            <li
              key={row.key}
              ref={virtualizer.measureElement}
              data-index={row.index}
              className={classes.row}
              style={{ transform: `translateY(${row.start}px)` }}
              aria-setsize={items.length}
              aria-posinset={row.index + 1}
            >
              {render(item, row.index)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
