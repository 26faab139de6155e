import { describe, expect, it } from 'vitest';
import { makeTicket } from '#tests/support/sampleResource.ts';
import { mostSelected, rangeBetween, toggled, withoutRecords, withRecords } from './selection.ts';

const record = (id: string) => makeTicket({ id });
const many = (count: number, from = 0) => Array.from({ length: count }, (_, at) => record(String(from + at)));

describe('selecting rows', () => {
  it('a click selects one row and takes it out again', () => {
    const one = toggled(new Map(), record('b'));
    expect([...one.keys()]).toEqual(['b']);
    expect([...toggled(one, record('b')).keys()]).toEqual([]);
  });

  it('shift selects everything up to the row clicked last, in both directions', () => {
    expect(rangeBetween(1, 3)).toEqual({ first: 1, last: 3, left: 0 });
    expect(rangeBetween(3, 1)).toEqual({ first: 1, last: 3, left: 0 });
    expect(rangeBetween(4, 4)).toEqual({ first: 4, last: 4, left: 0 });
  });

  it('a range begins at the row clicked last and is no longer than can be selected', () => {
    expect(rangeBetween(100, 500_000)).toEqual({ first: 100, last: 10_099, left: 489_901 });
    expect(rangeBetween(500_000, 100)).toEqual({ first: 490_001, last: 500_000, left: 489_901 });
  });

  it('a selection never holds more than can be selected', () => {
    const full = withRecords(new Map(), many(mostSelected + 5));
    expect(full.size).toBe(mostSelected);
    expect(toggled(full, record('one more')).size).toBe(mostSelected);
    expect(withRecords(full, many(10, mostSelected)).size).toBe(mostSelected);
    expect(withRecords(full, many(10)).size).toBe(mostSelected);
  });

  it('what was deleted is no longer selected', () => {
    const three = withRecords(new Map(), many(3));
    expect([...withoutRecords(three, ['1', 'unknown']).keys()]).toEqual(['0', '2']);
  });
});
