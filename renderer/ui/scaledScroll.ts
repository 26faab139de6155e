/**
 * Where the rows of a long table stand. Chromium lays out no element beyond about 33.5 million pixels, and draws whole
 * pixels only up to 2^24; a table taller than `tallest` gets a shorter scrolling space, and the rows are shifted in it.
 *
 * - A step of the wheel, a key or a finger moves the rows by exactly its pixels: the shift stays as it is.
 * - A leap of the thumb goes to the row that lies at that share of the table.
 * - Near both ends the space is not compressed at all, so that the first and the last row are always reached exactly.
 *
 * Steps and space drift apart; `settled` brings the scrollbar back to where the rows are, without moving them.
 */
export interface TableExtent {
  count: number;
  /** Pixels; all rows have the same. */
  rowHeight: number;
  /** Pixels in which rows are seen. */
  view: number;
  /** Pixels of the scrolling space at most. */
  limit: number;
}

/** The first pixel seen of the whole table is `scrollTop + shift`. */
export interface TablePosition {
  scrollTop: number;
  /** Whole pixels, 0 in a table that needs no compression. */
  shift: number;
}

export const tallest = 15_000_000;

const heightOf = (extent: TableExtent) => extent.count * extent.rowHeight;

/** Pixels of the element that is scrolled. */
export function spaceOf(extent: TableExtent): number {
  return Math.min(heightOf(extent), extent.limit);
}

const lastScrollOf = (extent: TableExtent) => Math.max(0, spaceOf(extent) - extent.view);
const lastTopOf = (extent: TableExtent) => Math.max(0, heightOf(extent) - extent.view);
/** The shift at the end of the table. */
const lastShiftOf = (extent: TableExtent) => heightOf(extent) - spaceOf(extent);
/** Pixels at either end that are not compressed. */
const edgeOf = (extent: TableExtent) => Math.min(extent.limit / 16, lastScrollOf(extent) / 4);

/** A thumb cannot move the space by less than this, as its track is no longer than the view; a person's step is smaller. */
const leapOf = (extent: TableExtent) => Math.max(extent.view, extent.limit / Math.max(1, extent.view) / 4);

/** Pixels of the middle of the table for each pixel of the middle of the space. */
function scaleOf(extent: TableExtent): number {
  const edges = 2 * edgeOf(extent);
  const space = lastScrollOf(extent) - edges;
  return space > 0 ? (lastTopOf(extent) - edges) / space : 1;
}

function shiftAt(extent: TableExtent, scrollTop: number): number {
  const edge = edgeOf(extent);
  if (scrollTop <= edge) return 0;
  if (scrollTop >= lastScrollOf(extent) - edge) return lastShiftOf(extent);
  return Math.round((scrollTop - edge) * (scaleOf(extent) - 1));
}

export function topOf(position: TablePosition): number {
  return position.scrollTop + position.shift;
}

/** Where the scrollbar belongs when `top` is the first pixel seen. */
export function settled(extent: TableExtent, top: number): TablePosition {
  const within = Math.max(0, Math.min(lastTopOf(extent), top));
  const edge = edgeOf(extent);
  if (within <= edge) return { scrollTop: within, shift: 0 };
  const lastShift = lastShiftOf(extent);
  if (within >= lastTopOf(extent) - edge) return { scrollTop: within - lastShift, shift: lastShift };
  const scrollTop = Math.round(edge + (within - edge) / scaleOf(extent));
  return { scrollTop, shift: Math.round(within - scrollTop) };
}

/** After the browser scrolled the space. A `scrollTop` other than the one given asks for the scrollbar to be moved there. */
export function afterScroll(extent: TableExtent, from: TablePosition, scrollTop: number): TablePosition {
  if (Math.abs(scrollTop - from.scrollTop) > leapOf(extent)) return { scrollTop, shift: shiftAt(extent, scrollTop) };
  // Where the space ends before the table does, the person could go no further.
  const stuckAtStart = scrollTop < 1 && from.shift !== 0;
  const stuckAtEnd = scrollTop > lastScrollOf(extent) - 1 && from.shift !== lastShiftOf(extent);
  return stuckAtStart || stuckAtEnd ? settled(extent, scrollTop + from.shift) : { scrollTop, shift: from.shift };
}

/** The rows in sight and `around` more on either side, both ends included; none in an empty table. */
export function rowsAt(extent: TableExtent, position: TablePosition, around: number): { first: number; last: number } {
  const top = topOf(position);
  const first = Math.floor(top / extent.rowHeight) - around;
  const last = Math.ceil((top + extent.view) / extent.rowHeight) - 1 + around;
  return {
    first: Math.max(0, Math.min(extent.count - 1, first)),
    last: Math.min(extent.count - 1, Math.max(0, last)),
  };
}

/** The first pixel seen when a row is brought into sight: as the first row, or by as little as it takes. */
export function topToShow(
  extent: TableExtent,
  position: TablePosition,
  index: number,
  where: 'first' | 'nearest',
): number {
  const start = Math.max(0, Math.min(extent.count - 1, index)) * extent.rowHeight;
  const top = topOf(position);
  if (where === 'first' || start < top) return start;
  return Math.max(top, start + extent.rowHeight - extent.view);
}
