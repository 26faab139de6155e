import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import type { SyncStore } from '#server/storage/store.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const secret = 'Quillfeather-secret';
const scrubEntry = resolve(import.meta.dirname, '../support/scrubProcess.ts');

/** Values of all sizes, among them ones with the secret, written and removed so that pages split, join and overflow. */
async function fill(store: SyncStore, count: number, seed: number): Promise<void> {
  const random = createSeededRandom(seed);
  const key = (at: number) => `${random.integer(0, 1_000_000)}-${at}`;
  const keys: string[] = [];
  for (let at = 0; at < count; at += 500)
    await store.transaction(async (transaction) => {
      const entries = Array.from({ length: 500 }, (_, index) => {
        const made = key(at + index);
        keys.push(made);
        return {
          area: 'a',
          key: made,
          value: `${secret} ${'x'.repeat(random.integer(0, index % 50 === 0 ? 9000 : 900))}`,
        };
      });
      await transaction.putEntries(entries);
      // Every page in between splits once more, and what moved leaves copies behind.
      await transaction.removeEntries(
        keys.filter((_, index) => index % 3 === 0).map((one) => ({ area: 'a', key: one })),
      );
    });
  for (let at = 0; at < keys.length; at += 500)
    await store.transaction((transaction) =>
      transaction.putEntries(keys.slice(at, at + 500).map((one) => ({ area: 'a', key: one, value: 'kept' }))),
    );
}

/** How often the secret stands in the raw bytes of the store. */
async function occurrences(folder: string): Promise<number> {
  let found = 0;
  for (const name of ['steward.sqlite', 'steward.sqlite-wal']) {
    const file = join(folder, name);
    if (!existsSync(file)) continue;
    let rest = '';
    for await (const chunk of createReadStream(file, { encoding: 'latin1' })) {
      const text: string = rest + String(chunk);
      found += text.split(secret).length - 1;
      rest = text.slice(-secret.length + 1);
    }
  }
  return found;
}

const integrityOf = (folder: string) => {
  const database = new DatabaseSync(join(folder, 'steward.sqlite'), { readOnly: true });
  const told = database.prepare('PRAGMA integrity_check').all();
  database.close();
  return told;
};

describe('writing the store anew', () => {
  it('leaves nothing of what was replaced, and answers whoever reads meanwhile', async () => {
    const folder = temporaryFolder('scrub');
    const store = openSqliteStore(folder, Date.now);
    await fill(store, 4000, 1);
    expect(await occurrences(folder)).toBeGreaterThan(0);
    let isOver = false;
    const scrubbing = store.scrub().then(() => (isOver = true));
    const written = store.transaction((transaction) => transaction.putMeta('m', 'while it was written anew'));
    await new Promise<void>((wake) => setImmediate(wake));
    expect(await store.entriesOf('a', { limit: 1 })).toMatchObject([{ value: 'kept' }]);
    expect(isOver).toBe(false);
    await scrubbing;
    expect(await occurrences(folder)).toBe(0);
    await written;
    expect(await store.getMeta('m')).toBe('while it was written anew');
    expect((await store.entriesOf('a', { limit: 10_000 })).length).toBeGreaterThan(3000);
    await store.close();
    expect(integrityOf(folder)).toEqual([{ integrity_check: 'ok' }]);
    expect(await occurrences(folder)).toBe(0);
  });

  it('is done again after the process was killed in the middle of it', async () => {
    const folder = temporaryFolder('scrub');
    const store = openSqliteStore(folder, Date.now);
    await fill(store, 6000, 2);
    const before = await store.entriesOf('a', { limit: 10_000 });
    await store.close();
    const child = spawn(process.execPath, [scrubEntry, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    const log = join(folder, 'steward.sqlite-wal');
    const ended = once(child, 'exit');
    // The thread has begun to write the new file into the log.
    while (child.exitCode === null && !(existsSync(log) && statSync(log).size > 0))
      await new Promise<void>((wake) => setImmediate(wake));
    child.kill('SIGKILL');
    await ended;
    const again = openSqliteStore(folder, Date.now);
    expect(await again.entriesOf('a', { limit: 10_000 })).toEqual(before);
    await again.scrub();
    await again.close();
    expect(await occurrences(folder)).toBe(0);
    expect(integrityOf(folder)).toEqual([{ integrity_check: 'ok' }]);
  });
});
