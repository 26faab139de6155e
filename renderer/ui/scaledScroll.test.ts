import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterScroll, rowsAt, settled, spaceOf, tallest, topOf, topToShow } from './scaledScroll.ts';
import type { TableExtent, TablePosition } from './scaledScroll.ts';

const extents = fc.record({
  count: fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 5_000, max: 20_000_000 })),
  rowHeight: fc.constantFrom(32, 36, 40),
  view: fc.integer({ min: 60, max: 3_000 }),
  limit: fc.constant(tallest),
});
const tallExtents = extents.filter((extent) => extent.count * extent.rowHeight > extent.limit);
/** A share of something, from none to all. */
const shares = fc.double({ min: 0, max: 1, noNaN: true });
/** What a person's hand does in one frame: wheel, key, finger. */
const steps = fc.integer({ min: -1_200, max: 1_200 });

const start: TablePosition = { scrollTop: 0, shift: 0 };
const lastScroll = (extent: TableExtent) => Math.max(0, spaceOf(extent) - extent.view);
const lastTop = (extent: TableExtent) => Math.max(0, extent.count * extent.rowHeight - extent.view);

/** The browser keeps a scroll position in whole pixels and within the space. */
const kept = (extent: TableExtent, scrollTop: number) =>
  Math.max(0, Math.min(lastScroll(extent), Math.round(scrollTop)));
const moved = (extent: TableExtent, position: TablePosition): TablePosition => ({
  scrollTop: kept(extent, position.scrollTop),
  shift: position.shift,
});
const step = (extent: TableExtent, from: TablePosition, by: number) =>
  moved(extent, afterScroll(extent, from, kept(extent, from.scrollTop + by)));
/** The thumb dragged to a share of the space. */
const dragged = (extent: TableExtent, share: number) => {
  const scrollTop = kept(extent, lastScroll(extent) * share);
  return moved(extent, afterScroll(extent, { scrollTop: -tallest, shift: 0 }, scrollTop));
};

function isWhollySeen(extent: TableExtent, position: TablePosition, index: number): boolean {
  const from = topOf(position);
  return index * extent.rowHeight >= from - 0.001 && (index + 1) * extent.rowHeight <= from + extent.view + 0.001;
}

describe('scrolling a table of any length', () => {
  it('a table that fits needs no shift wherever it is scrolled', () => {
    fc.assert(
      fc.property(extents, shares, steps, (extent, share, by) => {
        fc.pre(extent.count * extent.rowHeight <= extent.limit);
        const there = dragged(extent, share);
        expect(there.shift).toBe(0);
        expect(step(extent, there, by).shift).toBe(0);
        expect(settled(extent, topOf(there))).toEqual(there);
      }),
    );
  });

  it('every row can be brought into sight, as the first one or just so', () => {
    fc.assert(
      fc.property(extents, shares, shares, (extent, from, to) => {
        const index = Math.round((extent.count - 1) * to);
        const before = dragged(extent, from);
        for (const where of ['first', 'nearest'] as const) {
          const there = moved(extent, settled(extent, topToShow(extent, before, index, where)));
          expect(isWhollySeen(extent, there, index)).toBe(true);
          const rows = rowsAt(extent, there, 0);
          expect(rows.first <= index && index <= rows.last).toBe(true);
        }
      }),
    );
  });

  it('the thumb and then the wheel reach every row', () => {
    fc.assert(
      fc.property(tallExtents, shares, (extent, share) => {
        const index = Math.round((extent.count - 1) * share);
        const wanted = Math.min(index * extent.rowHeight, lastTop(extent));
        const near = moved(extent, afterScroll(extent, start, settled(extent, wanted).scrollTop));
        let there = near;
        for (let turns = 0; turns < 1_000 && !isWhollySeen(extent, there, index); turns += 1) {
          there = step(extent, there, Math.max(-100, Math.min(100, Math.round(wanted - topOf(there)))));
        }
        expect(isWhollySeen(extent, there, index)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('at both ends the first and the last row are whole, and nothing lies beyond', () => {
    fc.assert(
      fc.property(extents, (extent) => {
        fc.pre(extent.count * extent.rowHeight > extent.view);
        expect(topOf(dragged(extent, 0))).toBe(0);
        expect(topOf(dragged(extent, 1))).toBe(lastTop(extent));
        expect(isWhollySeen(extent, dragged(extent, 0), 0)).toBe(true);
        expect(isWhollySeen(extent, dragged(extent, 1), extent.count - 1)).toBe(true);
      }),
    );
  });

  it('a step moves the rows by its own pixels, also where the space ends before the table', () => {
    fc.assert(
      fc.property(tallExtents, shares, fc.array(steps, { minLength: 1, maxLength: 40 }), (extent, share, many) => {
        let there = dragged(extent, share);
        for (const by of many) {
          const next = step(extent, there, by);
          const could = kept(extent, there.scrollTop + by) - there.scrollTop;
          expect(Math.abs(topOf(next) - topOf(there) - could)).toBeLessThanOrEqual(1);
          there = next;
        }
      }),
    );
  });

  it('one who never stops turning the wheel arrives at the end, from anywhere', () => {
    // A short space, so that its end is met often.
    const short = fc.record({
      count: fc.integer({ min: 200, max: 2_000 }),
      rowHeight: fc.constant(32),
      view: fc.integer({ min: 60, max: 400 }),
      limit: fc.constant(6_000),
    });
    fc.assert(
      fc.property(short, shares, fc.constantFrom(-50, 50), (extent, share, by) => {
        let there = dragged(extent, share);
        const end = by < 0 ? 0 : lastTop(extent);
        for (let turns = 0; turns < 3_000 && topOf(there) !== end; turns += 1) there = step(extent, there, by);
        expect(topOf(there)).toBe(end);
      }),
      { numRuns: 200 },
    );
  });

  it('settling the scrollbar leaves the rows where they are', () => {
    fc.assert(
      fc.property(extents, shares, fc.array(steps, { maxLength: 20 }), (extent, share, many) => {
        const there = many.reduce((position, by) => step(extent, position, by), dragged(extent, share));
        const rest = moved(extent, settled(extent, topOf(there)));
        expect(Math.abs(topOf(rest) - topOf(there))).toBeLessThanOrEqual(1);
        expect(moved(extent, settled(extent, topOf(rest)))).toEqual(rest);
      }),
    );
  });

  it('further down in the space is further down in the table', () => {
    fc.assert(
      fc.property(extents, shares, shares, (extent, one, other) => {
        const [higher, lower] = [dragged(extent, Math.min(one, other)), dragged(extent, Math.max(one, other))];
        expect(topOf(higher)).toBeLessThanOrEqual(topOf(lower));
      }),
    );
  });

  it('draws a few rows around those in sight and never beyond the ends', () => {
    const extent: TableExtent = { count: 1_000_000, rowHeight: 32, view: 320, limit: tallest };
    expect(rowsAt(extent, start, 12)).toEqual({ first: 0, last: 21 });
    expect(rowsAt(extent, dragged(extent, 1), 12)).toEqual({ first: 999_978, last: 999_999 });
    expect(rowsAt({ ...extent, count: 3 }, start, 12)).toEqual({ first: 0, last: 2 });
    expect(rowsAt({ ...extent, count: 0 }, start, 12)).toEqual({ first: 0, last: -1 });
  });
});
