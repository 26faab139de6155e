import type { RecordQuery, Replica } from '#renderer/data/replicaApi.ts';

/** How many records match at this moment. */
export function countOnce(replica: Pick<Replica, 'observeCount'>, query: RecordQuery): Promise<number> {
  return new Promise((resolve) => {
    let stop: (() => void) | undefined;
    let over = false;
    stop = replica.observeCount(query, (count) => {
      over = true;
      stop?.();
      resolve(count);
    });
    if (over) stop();
  });
}
