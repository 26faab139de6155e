import { useCallbackRef } from '@mantine/hooks';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { flushSync } from 'react-dom';
import { afterScroll, rowsAt, settled, spaceOf, tallest, topOf, topToShow } from './scaledScroll.ts';
import type { TableExtent, TablePosition } from './scaledScroll.ts';

interface ScaledScrollOptions {
  count: number;
  rowHeight: number;
  /** What the rows answer; another subject begins at its first row. */
  subject: string;
  /** Hears which rows are drawn, once per frame at most. */
  onShow: (first: number, last: number) => void;
}

export interface ScaledScroll {
  viewport: RefObject<HTMLDivElement | null>;
  /** Stays at the top of the viewport and takes its height from the rows. */
  head: RefObject<HTMLDivElement | null>;
  /** Pixels of the body's element. */
  space: number;
  /** The rows to draw, both ends included. */
  first: number;
  last: number;
  /** Pixels of a row from the start of the body's element. */
  startOf: (index: number) => number;
  /** Brings a row into sight: as the first one, or by as little as it takes. */
  reveal: (index: number, where: 'first' | 'nearest') => void;
  /** The first row that is in sight as a whole. */
  firstInSight: () => number;
  /** Rows that a page key moves by. */
  page: () => number;
}

/** Rows drawn out of sight on either side. */
const around = 12;
/** Rows by which what is drawn moves on, so that not every step of a scroll draws anew. */
const stride = 4;

/** Scrolls a table of any length; the arithmetic is in scaledScroll.ts. */
export function useScaledScroll({ count, rowHeight, subject, onShow }: ScaledScrollOptions): ScaledScroll {
  const viewport = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const extent = useRef<TableExtent>({ count, rowHeight, view: 0, limit: tallest });
  const position = useRef<TablePosition>({ scrollTop: 0, shift: 0 });
  const shownSubject = useRef(subject);
  const [drawn, setDrawn] = useState({ first: 0, last: -1, shift: 0 });

  const draw = useCallbackRef(() => {
    const rows = rowsAt(extent.current, position.current, around);
    const next = { ...rows, first: rows.first - (rows.first % stride), shift: position.current.shift };
    next.last = Math.min(extent.current.count - 1, next.last + stride - 1 - (next.last % stride));
    setDrawn((now) => (now.first === next.first && now.last === next.last && now.shift === next.shift ? now : next));
  });
  /** Moves rows and scrollbar; the browser may round what it is asked for. */
  const place = useCallbackRef((next: TablePosition) => {
    const element = viewport.current;
    if (!element) return;
    element.scrollTop = next.scrollTop;
    position.current = { scrollTop: element.scrollTop, shift: next.shift };
    draw();
  });

  useLayoutEffect(() => {
    const rows = shownSubject.current === subject ? topOf(position.current) / extent.current.rowHeight : 0;
    shownSubject.current = subject;
    extent.current = { ...extent.current, count, rowHeight };
    place(settled(extent.current, rows * rowHeight));
  }, [count, rowHeight, subject, place]);

  useLayoutEffect(() => {
    const element = viewport.current;
    if (!element) return undefined;
    const measure = () => {
      const view = element.clientHeight - (head.current?.offsetHeight ?? 0);
      extent.current = { ...extent.current, view: Math.max(0, view) };
      draw();
    };
    const scrolled = () => {
      const next = afterScroll(extent.current, position.current, element.scrollTop);
      // Before the frame is painted: rows and scrollbar move together.
      flushSync(() => {
        if (next.scrollTop !== element.scrollTop) place(next);
        else {
          position.current = next;
          draw();
        }
      });
    };
    const rested = () => {
      const next = settled(extent.current, topOf(position.current));
      if (next.shift !== position.current.shift) flushSync(() => place(next));
    };
    measure();
    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    if (head.current) sizes.observe(head.current);
    element.addEventListener('scroll', scrolled, { passive: true });
    element.addEventListener('scrollend', rested, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', scrolled);
      element.removeEventListener('scrollend', rested);
    };
  }, [viewport, head, draw, place]);

  const last = Math.min(count - 1, drawn.last);
  const tell = useCallbackRef(onShow);
  useEffect(() => {
    if (last < drawn.first) return undefined;
    const frame = requestAnimationFrame(() => tell(drawn.first, last));
    return () => cancelAnimationFrame(frame);
  }, [drawn.first, last, tell]);

  return {
    viewport,
    head,
    space: spaceOf({ count, rowHeight, view: 0, limit: tallest }),
    first: drawn.first,
    last,
    startOf: (index) => index * rowHeight - drawn.shift,
    reveal: (index, where) => {
      const next = settled(extent.current, topToShow(extent.current, position.current, index, where));
      if (topOf(next) !== topOf(position.current)) flushSync(() => place(next));
    },
    firstInSight: () => Math.ceil(topOf(position.current) / rowHeight),
    page: () => Math.max(1, Math.floor(extent.current.view / rowHeight) - 1),
  };
}
