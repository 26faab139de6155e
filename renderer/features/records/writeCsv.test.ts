import { describe, expect, it } from 'vitest';
import type { Replica, ReplicaRecord } from '#renderer/data/replicaApi.ts';
import { makeTicket } from '#tests/support/sampleResource.ts';
import { writeCsv } from './writeCsv.ts';
import type { CsvColumns } from './writeCsv.ts';

const row = (id: string): ReplicaRecord => ({ record: makeTicket({ id }), badge: 'synced' });

/** A list of pages; remembers how many of them were asked for. */
function listOf(pages: readonly string[][]): Pick<Replica, 'readRows'> & { read: number } {
  const list = {
    read: 0,
    readRows: async (_query: unknown, onPage: (rows: readonly ReplicaRecord[]) => unknown, signal?: AbortSignal) => {
      for (const page of pages) {
        await new Promise((resume) => setTimeout(resume, 0));
        if (signal?.aborted) return;
        list.read += 1;
        await onPage(page.map(row));
      }
    },
  };
  return list;
}

const names = new Set<string>();
const columns: CsvColumns = {
  header: ['Id', 'Named'],
  prepare: async (rows) => {
    await new Promise((resume) => setTimeout(resume, 1));
    rows.forEach(({ record }) => names.add(record.id));
  },
  cells: ({ record }) => [record.id, String(names.has(record.id))],
};
const never = new AbortController().signal;
const query = { kind: 'invoice' };

describe('a list as a CSV file', () => {
  it('holds every row of every page in order, written once what it needs was read', async () => {
    const heard: number[] = [];
    const outcome = await writeCsv(
      listOf([['a', 'b'], ['c']]),
      query,
      columns,
      (written) => heard.push(written),
      never,
    );
    expect(outcome).toEqual({
      type: 'written',
      rows: 3,
      text: '\uFEFFId,Named\r\na,true\r\nb,true\r\nc,true\r\n',
    });
    expect(heard).toEqual([2, 3]);
  });

  it('ends when the person stops it', async () => {
    const stop = new AbortController();
    const list = listOf([['a'], ['b'], ['c']]);
    const outcome = await writeCsv(list, query, columns, () => stop.abort(), stop.signal);
    expect(outcome).toEqual({ type: 'stopped' });
    expect(list.read).toBeLessThan(3);
  });

  it('ends when the file is larger than can be saved', async () => {
    const list = listOf(Array.from({ length: 50 }, (_, page) => [`row ${page}`]));
    const outcome = await writeCsv(list, query, columns, () => undefined, never, 60);
    expect(outcome).toEqual({ type: 'too_large' });
    expect(list.read).toBeLessThan(50);
  });

  it('a page that cannot be written ends it with the reason', async () => {
    const failing = { ...columns, prepare: () => Promise.reject(new Error('no names')) };
    await expect(writeCsv(listOf([['a'], ['b']]), query, failing, () => undefined, never)).rejects.toThrow('no names');
  });
});
