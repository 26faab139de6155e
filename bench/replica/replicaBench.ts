import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Measure } from '../measure.ts';
import { processMemory } from '../processMemory.ts';
import type { ProcessMemory } from '../processMemory.ts';
import { openBenchWindow } from './benchWindow.ts';
import { buildBenchApp } from './buildBenchApp.ts';
import type { Insertion, Observation, Repeats } from './page.ts';
import { replicaMeasures } from './replicaMeasures.ts';
import type { StorageName } from './storages.ts';

const repeats: Repeats = { fast: 30, slow: 3, from: 1000 };
const fewRepeats: Repeats = { fast: 10, slow: 1, from: 1000 };
const sizes = [100_000, 1_000_000] as const;

/** What one storage did with one number of rows. */
export interface StorageRun {
  storage: StorageName;
  size: number;
  insertion: Insertion;
  /** Milliseconds; undefined for a storage that keeps nothing. */
  firstResult?: number;
  observations: Observation[];
  /** SQLite asked through RxDB's `query`. */
  mango: Observation[];
  live: { read: number[]; observed: number[] };
  memory: ProcessMemory;
}

/**
 * The replica's storage beside RxDB's free ones, in the real Electron. Dexie with a million rows takes more than half an
 * hour and is left out unless asked for.
 */
export async function* benchReplica(options: { dexieMillion: boolean }): AsyncGenerator<Measure> {
  const folder = mkdtempSync(join(tmpdir(), 'steward-bench-'));
  try {
    await buildBenchApp(folder);
    for (const size of sizes) {
      let ours: StorageRun | undefined;
      for (const storage of ['sqlite', 'memory', 'dexie'] as const) {
        if (storage === 'dexie' && size > 100_000 && !options.dexieMillion) continue;
        try {
          const run = await runStorage(folder, storage, size);
          if (storage === 'sqlite') ours = run;
          yield* replicaMeasures(run, ours);
        } catch (error) {
          process.stderr.write(`${storage} with ${size} rows: ${String(error)}\n`);
        }
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runStorage(folder: string, storage: StorageName, size: number): Promise<StorageRun> {
  const profile = mkdtempSync(join(tmpdir(), 'steward-bench-profile-'));
  let opened = await openBenchWindow(folder, profile, storage);
  try {
    const insertion = await opened.page.evaluate((count) => window.bench.insert(count), size);
    let firstResult: number | undefined;
    if (storage !== 'memory') {
      await opened.close();
      opened = await openBenchWindow(folder, profile, storage);
      firstResult = await opened.page.evaluate(() => window.bench.firstResult);
    }
    const ask = (way: 'own' | 'mango', often: Repeats) =>
      opened.page.evaluate((given) => window.bench.ask(given.size, given.often, given.way), { size, often, way });
    const observations = await ask('own', repeats);
    // Nothing in the console asks this way; with more rows it would take most of the run.
    const mango = storage !== 'sqlite' || size > 100_000 ? [] : await ask('mango', fewRepeats);
    const live = await opened.page.evaluate((given) => window.bench.live(given), repeats);
    const memory = await processMemory(opened.app, opened.page);
    return {
      storage,
      size,
      insertion,
      ...(firstResult === undefined ? {} : { firstResult }),
      observations,
      mango,
      live,
      memory,
    };
  } finally {
    await opened.close().catch(() => undefined);
    rmSync(profile, { recursive: true, force: true });
  }
}
