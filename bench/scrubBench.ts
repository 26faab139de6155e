import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import type { Measure } from './measure.ts';

const rows = 40_000;
const text = 'What an entry of the store may say. '.repeat(40);

/** What an erasure costs everybody else at its end: the store is written anew in a thread, and as it would be without one. */
export async function* benchScrub(): AsyncGenerator<Measure> {
  const folder = mkdtempSync(join(tmpdir(), 'steward-bench-scrub-'));
  const file = join(folder, 'steward.sqlite');
  try {
    const store = openSqliteStore(folder, Date.now);
    for (let at = 0; at < rows; at += 1000)
      await store.transaction((transaction) =>
        transaction.putEntries(
          Array.from({ length: 1000 }, (_, index) => ({ area: 'a', key: `${at + index}`, value: `${text}${index}` })),
        ),
      );
    await store.scrub();
    const megabytes = Math.round(statSync(file).size / 1_000_000);
    const measured = async (work: () => Promise<unknown>) => {
      const began = performance.now();
      let last = began;
      let longest = 0;
      let isOver = false;
      const beat = () => {
        const now = performance.now();
        longest = Math.max(longest, now - last);
        last = now;
        if (!isOver) setImmediate(beat);
      };
      setImmediate(beat);
      await work();
      isOver = true;
      await new Promise<void>((wake) => setImmediate(wake));
      beat();
      return { took: performance.now() - began, longest };
    };
    const inThread = await measured(() => store.scrub());
    const database = new DatabaseSync(file);
    const here = await measured(async () => {
      database.exec('VACUUM');
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    });
    database.close();
    await store.close();
    const named = (what: string) => `store of ${megabytes} MB written anew, ${what}`;
    yield { name: named('in a thread'), unit: 'ms', value: inThread.took, n: 1 };
    yield { name: named('longest stop of the server'), unit: 'ms', value: inThread.longest, n: 1 };
    yield { name: named('longest stop without a thread'), unit: 'ms', value: here.longest, n: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
