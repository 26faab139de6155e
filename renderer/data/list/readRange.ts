import type { PageReader, RecordQuery, Replica, ReplicaRecord } from '../replicaApi.ts';

/** Rows that are asked for at a time: no more than a page on the screen asks for. */
const chunk = 200;

/**
 * The rows from one index to another, however far down the list they are: only they are read. Rows that the list lost
 * meanwhile are missing. Rejects where the list cannot be read or `signal` is aborted.
 */
export async function readRange(
  replica: Pick<Replica, 'observePages'>,
  query: RecordQuery,
  range: { first: number; last: number },
  signal: AbortSignal,
): Promise<ReplicaRecord[]> {
  const rows: ReplicaRecord[] = [];
  for (let first = range.first; first <= range.last; first += chunk) {
    const last = Math.min(range.last, first + chunk - 1);
    rows.push(...(await readChunk(replica, query, first, last, signal)));
    if (rows.length < last - range.first + 1) break;
  }
  return rows;
}

function readChunk(
  replica: Pick<Replica, 'observePages'>,
  query: RecordQuery,
  first: number,
  last: number,
  signal: AbortSignal,
): Promise<ReplicaRecord[]> {
  let reader: PageReader | undefined;
  return new Promise<ReplicaRecord[]>((resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    reader = replica.observePages(query, (list) => {
      if (list.state === 'failed') reject(new Error(list.problem));
      if (list.state !== 'ready') return;
      // A list may be told before all of it is counted: until then it only seems short.
      if (list.count <= last && !list.counted) return;
      const rows: ReplicaRecord[] = [];
      for (let index = first; index <= Math.min(last, list.count - 1); index += 1) {
        const row = list.rowAt(index);
        if (!row) return;
        rows.push(row);
      }
      resolve(rows);
    });
    reader.show(first, last);
  }).finally(() => reader?.close());
}
