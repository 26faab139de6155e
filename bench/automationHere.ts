import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { createAutomation } from '#server/automation.ts';
import type { Automation } from '#server/automation.ts';
import { createFirstAdministrator } from '#server/commands/createFirstAdministrator.ts';
import { readCommandLine } from '#server/config/options.ts';
import { createWriteObserver } from '#server/engine/automationEngine.ts';
import { readCounts } from '#server/engine/engineCounts.ts';
import { createRuleBook } from '#server/engine/ruleBook.ts';
import { createMetrics } from '#server/http/metrics.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import type { SyncStore } from '#server/storage/store.ts';
import { createPrincipals } from '#server/sync/principals.ts';
import { createSyncCore } from '#server/sync/syncCore.ts';

export const administrator = { email: 'bench@steward.example', password: 'a password for measuring' };
export const unlimited = ['--runs-per-minute', '1000000'];

/** The server's automation without sockets and HTTP, in this process, on a store on disk. */
export interface AutomationHere {
  folder: string;
  store: SyncStore;
  edges: Automation['edges'];
  /** Until then events are taken in and wait. */
  start: () => Promise<void>;
  /**
   * Resolves when no event is pending and no run goes on.
   * @throws Error when an event or a run failed: what failed looks fast.
   */
  settled: () => Promise<{ processed: number; runs: number }>;
  /** A key that sends events of all tenants. */
  apiKey: () => Promise<string>;
  close: () => Promise<void>;
}

const clock = () => Date.now();
const ids = createUuidV7Source(clock, (length) => randomBytes(length));

export async function openAutomation(records: readonly RecordEnvelope[]): Promise<AutomationHere> {
  const folder = mkdtempSync(join(tmpdir(), 'steward-bench-'));
  const store = openSqliteStore(folder, clock);
  await createFirstAdministrator(store, administrator, clock, ids);
  const line = readCommandLine(['--data', folder, ...unlimited], {});
  if (line.command !== 'serve') throw new Error('expected the options of a server');
  const book = createRuleBook();
  const principals = createPrincipals(store, clock);
  await principals.refresh();
  const core = createSyncCore({ store, clock, ids, observer: createWriteObserver(book, clock) });
  const automation = createAutomation({
    options: line.options,
    store,
    core,
    book,
    principals,
    metrics: createMetrics(),
    areaJobs: {},
    clock,
    ids,
    log: pino({ level: 'warn' }, process.stderr),
  });
  // As history: rules for every event would otherwise hear of each record here.
  await core.write(records.length, async (batch) => {
    for (const record of records) batch.append(record);
  });
  return {
    folder,
    store,
    edges: automation.edges,
    start: automation.start,
    settled: async () => {
      for (;;) {
        const { pendingEvents, failedEvents, runningRuns, waitingRuns } = await readCounts(store);
        if (failedEvents > 0) throw new Error(`${failedEvents} events failed`);
        if (pendingEvents + runningRuns + waitingRuns === 0) break;
        await new Promise((wake) => setTimeout(wake, 10));
      }
      const { events, runs } = await automation.edges.engineHealth();
      const failed = sum(runs.perMinute.map((minute) => minute.failed));
      if (failed > 0) throw new Error(`${failed} runs failed`);
      return {
        processed: sum(events.perMinute.map((minute) => minute.processed)),
        runs: sum(runs.perMinute.map((minute) => minute.started)),
      };
    },
    apiKey: async () => {
      const everything = [{ role: 'bench', permissions: ['*'], tenants: '*' as const, fieldRules: [] }];
      const principal = { id: 'bench', name: 'bench', grants: everything, assignedTenants: [] };
      const made = await automation.edges.apiKeys.create(principal, { name: 'bench', tenantId: '' });
      if (!made.ok) throw new Error(made.error.message);
      return made.value.key;
    },
    close: async () => {
      await automation.stop();
      await core.drain();
      await store.close();
    },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

export function removeFolder({ folder }: AutomationHere): void {
  rmSync(folder, { recursive: true, force: true });
}
