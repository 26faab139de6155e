import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { StoreFailure } from '../storage/store.ts';
import type { SyncStore } from '../storage/store.ts';
import { createWriteBatch } from './writeBatch.ts';
import type { WriteBatch, WriteSources } from './writeBatch.ts';

type Work<Answer> = (batch: WriteBatch) => Promise<Answer>;
interface Queued {
  rows: number;
  run: (batch: WriteBatch) => Promise<() => void>;
  fail: (error: unknown) => void;
}

export interface Writer {
  /** Runs the work in the next group commit; resolves once it is durable. Rejects with StoreFailure when it is not. */
  write: <Answer>(rows: number, work: Work<Answer>) => Promise<Answer>;
  /** Resolves when everything queued is durable or refused. */
  drain: () => Promise<void>;
}

const rowsPerCommit = 2000;
/** Milliseconds that a commit waits at most for more to share it, and between two looks at whether more came. */
const longestWait = 5;
const pause = 1;

/**
 * Group commit: whatever arrives while a commit runs shares the next one. Where several share commits that take long, the
 * next one waits a little for those that the last one set going; a writer by itself never waits.
 */
export function createWriter(
  store: SyncStore,
  sources: WriteSources,
  committed: (collections: ReadonlySet<ReplicatedCollection>) => Promise<void>,
  wait: (milliseconds: number) => Promise<void> = later,
): Writer {
  const { clock } = sources;
  const queue: Queued[] = [];
  let running: Promise<void> | undefined;
  /** Of the last commit: what shared it, and milliseconds it took. */
  let last = { shared: 0, took: 0 };

  const commit = async (group: readonly Queued[]): Promise<void> => {
    let touched: ReadonlySet<ReplicatedCollection>;
    let acknowledge: (() => void)[] = [];
    try {
      touched = await store.transaction(async (transaction) => {
        acknowledge = [];
        const batch = createWriteBatch(transaction, sources);
        for (const one of group) acknowledge.push(await one.run(batch));
        return batch.flush();
      });
    } catch (error) {
      // A fault in one piece of work must not refuse its neighbours: try each alone.
      if (group.length > 1 && !(error instanceof StoreFailure)) for (const one of group) await commit([one]);
      else for (const one of group) one.fail(error);
      return;
    }
    await committed(touched);
    for (const tell of acknowledge) tell();
  };
  const gather = async (): Promise<void> => {
    const until = clock() + Math.min(longestWait, last.took / 2);
    for (let seen = 0; seen < queue.length && clock() < until;) {
      seen = queue.length;
      await wait(pause);
    }
  };
  const run = async (): Promise<void> => {
    await turn();
    while (queue.length > 0) {
      if (last.shared > 1) await gather();
      let rows = 0;
      let count = 0;
      while (count < queue.length && (count === 0 || rows + (queue[count]?.rows ?? 0) <= rowsPerCommit))
        rows += queue[count++]?.rows ?? 0;
      const began = clock();
      await commit(queue.splice(0, count));
      last = { shared: count, took: clock() - began };
      // Whoever writes one commit after another leaves time for everything else.
      await turn();
    }
    running = undefined;
  };
  return {
    write: (rows, work) =>
      new Promise((resolve, reject) => {
        queue.push({
          rows,
          run: async (batch) => {
            const answer = await work(batch);
            return () => resolve(answer);
          },
          fail: reject,
        });
        running ??= run();
      }),
    drain: async () => {
      for (let current = running; current; current = running) await current;
    },
  };
}

function turn(): Promise<void> {
  return new Promise((wake) => setImmediate(wake));
}

function later(milliseconds: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, milliseconds));
}
