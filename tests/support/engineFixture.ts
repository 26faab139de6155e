import { afterAll, afterEach, beforeEach, expect } from 'vitest';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import type { SyncStore } from '#server/storage/store.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { closeEvaluator, startEngineServer, worldOf } from './engineServer.ts';
import type { EngineServer, EngineServerOptions } from './engineServer.ts';

export interface EngineFixture {
  server: EngineServer;
  store: SyncStore;
  time: { now: number };
  /** Moves the clock and works off what that makes due. */
  pass: (milliseconds: number) => Promise<void>;
  /** Another engine on the same store, as after a restart. */
  restart: () => Promise<void>;
  /** The only run; fails when there are several or none. */
  onlyRun: () => Promise<RecordEnvelope>;
  runs: () => Promise<RecordEnvelope[]>;
}

export const minutes = 60_000;

/** A fresh engine with a small world before each test; what it holds is good while that test runs. */
export function useEngine(options: Omit<EngineServerOptions, 'store' | 'time'> = {}): EngineFixture {
  const time = { now: 0 };
  const fixture: EngineFixture = {
    server: undefined as unknown as EngineServer,
    store: undefined as unknown as SyncStore,
    time,
    pass: async (milliseconds) => {
      time.now += milliseconds;
      await fixture.server.settle();
    },
    restart: async () => {
      await fixture.server.stop();
      fixture.server = await startEngineServer({ ...options, store: fixture.store, time });
    },
    runs: async () => {
      const runs = await fixture.server.all('run');
      return runs.sort((left, right) => (String(left.body['startedAt']) < String(right.body['startedAt']) ? -1 : 1));
    },
    onlyRun: async () => {
      const [run, ...others] = await fixture.server.all('run');
      expect(others).toEqual([]);
      if (!run) throw new Error('there is no run');
      return run;
    },
  };
  beforeEach(async () => {
    time.now = Date.parse('2026-03-02T08:00:00.000Z');
    fixture.store = openSqliteStore(':memory:', () => time.now);
    fixture.server = await startEngineServer({ ...options, store: fixture.store, time });
    for (const record of worldOf(time.now)) await fixture.server.save(record);
    await fixture.server.settle();
    fixture.server.seen.length = 0;
  });
  afterEach(async () => {
    await fixture.server.stop();
    await fixture.store.close();
  });
  afterAll(closeEvaluator);
  return fixture;
}
