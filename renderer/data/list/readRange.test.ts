import { describe, expect, it } from 'vitest';
import type { PagedList, Replica, ReplicaRecord } from '../replicaApi.ts';
import { makeTicket } from '#tests/support/sampleResource.ts';
import { readRange } from './readRange.ts';

const row = (index: number): ReplicaRecord => ({ record: makeTicket({ id: String(index) }), badge: 'synced' });

/** A list that tells of its first rows before it is counted, and holds only what is in sight. */
function pagesOf(count: number) {
  const readers = { open: 0, widest: 0 };
  const observePages: Replica['observePages'] = (_query, listener) => {
    readers.open += 1;
    const tell = (known: number, first: number, last: number) => {
      const list: PagedList = {
        count: known,
        counted: known === count,
        total: count,
        state: 'ready',
        rowAt: (index) => (index >= first && index <= last && index < known ? row(index) : undefined),
        indexOf: () => -1,
      };
      listener(list);
    };
    const later = (work: () => void) => setTimeout(work, 0);
    later(() => tell(Math.min(count, 100), 0, 99));
    return {
      show: (first, last) => {
        readers.widest = Math.max(readers.widest, last - first + 1);
        later(() => tell(count, 0, 99));
        later(() => tell(count, first, last));
      },
      positionOf: () => Promise.resolve(0),
      close: () => {
        readers.open -= 1;
      },
    };
  };
  return { observePages, readers };
}

const query = { kind: 'invoice' };
const never = new AbortController().signal;

describe('the rows between two places of a list', () => {
  it('are read in order, a page at a time, however far down', async () => {
    const list = pagesOf(1_000_000);
    const rows = await readRange(list, query, { first: 700_000, last: 700_999 }, never);
    expect(rows.map(({ record }) => record.id)).toEqual(Array.from({ length: 1_000 }, (_, at) => String(700_000 + at)));
    expect(list.readers).toEqual({ open: 0, widest: 200 });
  });

  it('end where the list ends, if it became shorter meanwhile', async () => {
    const list = pagesOf(450);
    const rows = await readRange(list, query, { first: 300, last: 999 }, never);
    expect(rows.map(({ record }) => record.id)).toEqual(Array.from({ length: 150 }, (_, at) => String(300 + at)));
    expect(list.readers.open).toBe(0);
  });

  it('are given up when nobody wants them any more', async () => {
    const list = pagesOf(1_000_000);
    const stop = new AbortController();
    const reading = readRange(list, query, { first: 0, last: 9_999 }, stop.signal);
    stop.abort(new Error('another filter'));
    await expect(reading).rejects.toThrow('another filter');
    expect(list.readers.open).toBe(0);
  });
});
