import type { KeyboardEvent, ReactNode } from 'react';
import { useScaledScroll } from '#renderer/ui/useScaledScroll.ts';
import classes from './Result.module.css';

interface ResultListProps<Item> {
  items: readonly Item[];
  keyOf: (item: Item) => string;
  render: (item: Item, index: number) => ReactNode;
  /** Pixels of every row. */
  rowHeight: number;
  label: string;
  /** What the rows answer; another subject begins at its first row. */
  subject: string;
  /** Index of the chosen row; the arrow keys move it. */
  current: number;
  onCurrent: (index: number) => void;
}

/** A list of any length with rows of one height; only those in sight cost anything. */
export function ResultList<Item>(props: ResultListProps<Item>) {
  const { items, keyOf, render, rowHeight, label, subject, current, onCurrent } = props;
  const scroll = useScaledScroll({ count: items.length, rowHeight, subject, onShow: nothing });
  const { viewport, head, first, last } = scroll;
  const onKeyDown = (event: KeyboardEvent) => {
    const wanted = targetOf(event.key, current, items.length, scroll.page());
    if (wanted === undefined) return;
    event.preventDefault();
    const index = Math.max(0, Math.min(items.length - 1, wanted));
    onCurrent(index);
    scroll.reveal(index, 'nearest');
  };
  return (
    <div ref={viewport} className={classes.list} tabIndex={0} role="region" aria-label={label} onKeyDown={onKeyDown}>
      <div ref={head} />
      <ul className={classes.rows} style={{ blockSize: scroll.space }} aria-label={label}>
        {items.slice(first, last + 1).map((item, at) => {
          const index = first + at;
          return (
            <li
              key={keyOf(item)}
              className={classes.place}
              style={{ transform: `translateY(${scroll.startOf(index)}px)`, blockSize: rowHeight }}
              aria-setsize={items.length}
              aria-posinset={index + 1}
            >
              {render(item, index)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function nothing(): void {
  // Every row is here already.
}

function targetOf(key: string, from: number, count: number, page: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return from + 1;
    case 'ArrowUp':
      return from - 1;
    case 'PageDown':
      return from + page;
    case 'PageUp':
      return from - page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
