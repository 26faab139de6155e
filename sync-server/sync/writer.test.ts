import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../storage/sqlite/openSqliteStore.ts';
import type { SyncStore } from '../storage/store.ts';
import { createWriter } from './writer.ts';
import type { Writer } from './writer.ts';

describe('commits that several share', () => {
  let now = 0;
  let store: SyncStore;
  let commits: number;
  /** Milliseconds a commit takes. */
  let took: number;
  /** What happens while the writer waits; by default nothing. */
  let meanwhile: (() => void)[];
  let waits: number;
  let writer: Writer;

  beforeEach(() => {
    [now, commits, waits, took, meanwhile] = [0, 0, 0, 20, []];
    store = openSqliteStore(':memory:', () => now);
    const counted: SyncStore = {
      ...store,
      transaction: (work, options) =>
        store.transaction(async (transaction) => {
          commits += 1;
          now += took;
          return work(transaction);
        }, options),
    };
    writer = createWriter(
      counted,
      { clock: () => now, ids: () => 'id' },
      async () => undefined,
      async (milliseconds) => {
        now += milliseconds;
        waits += 1;
        meanwhile.shift()?.();
      },
    );
  });
  afterEach(() => store.close());

  const write = () => writer.write(1, async () => undefined);

  it('a writer by itself never waits', async () => {
    for (let count = 0; count < 5; count += 1) await write();
    expect([commits, waits]).toEqual([5, 0]);
  });

  it('after a shared one the next waits while more come, then takes all of them', async () => {
    await Promise.all([write(), write()]);
    const late: Promise<void>[] = [];
    meanwhile = [() => void late.push(write()), () => void late.push(write())];
    await write();
    await Promise.all(late);
    expect({ commits, waits, late: late.length }).toEqual({ commits: 2, waits: 3, late: 2 });
  });

  it('waits no longer than five milliseconds, however many come', async () => {
    await Promise.all([write(), write()]);
    const late: Promise<void>[] = [];
    meanwhile = Array.from({ length: 50 }, () => () => void late.push(write()));
    await write();
    expect(waits).toBe(5);
    meanwhile = [];
    await Promise.all(late);
  });

  it('does not wait where commits take no time', async () => {
    took = 0;
    await Promise.all([write(), write()]);
    await write();
    expect(waits).toBe(0);
  });

  it('leaves a turn for everything else between commits that follow one another at once', async () => {
    let turns = 0;
    let isOver = false;
    const others = () => {
      turns += 1;
      if (!isOver) setImmediate(others);
    };
    others();
    for (let count = 0; count < 50; count += 1) await write();
    isOver = true;
    expect(turns).toBeGreaterThanOrEqual(50);
  });
});
