import { numberIn } from '#shared/records/readBody.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { StoreReader } from '../storage/store.ts';
import { living } from './livingRecord.ts';
import type { EngineBatch, EngineWriter } from './ports.ts';

/** How many events and runs stand in the states that the engine has to do with. */
export interface EngineCounts {
  pendingEvents: number;
  failedEvents: number;
  runningRuns: number;
  waitingRuns: number;
}

/** Shared with sync/eventJobs.ts, which counts pending events as they are raised. */
const area = 'engineCounts';
const names = ['pendingEvents', 'failedEvents', 'runningRuns', 'waitingRuns'] as const;
const pageSize = 1000;

/** Counts a move from one state into another, in the transaction that makes it. */
export async function countMove(
  batch: EngineBatch,
  before: RecordEnvelope | undefined,
  after: RecordEnvelope,
): Promise<void> {
  const [from, to] = [before && countOf(before), countOf(after)];
  if (from === to) return;
  if (from) await add(batch, from, -1);
  if (to) await add(batch, to, 1);
}

async function add(batch: EngineBatch, name: keyof EngineCounts, by: number): Promise<void> {
  const known = (await batch.getEntries(area, [name])).get(name);
  batch.putEntry(area, name, Math.max(0, (typeof known === 'number' ? known : 0) + by));
}

function countOf({ kind, status }: RecordEnvelope): keyof EngineCounts | undefined {
  if (kind === 'event') {
    if (status === 'pending' || status === 'processing') return 'pendingEvents';
    return status === 'failed' ? 'failedEvents' : undefined;
  }
  return status === 'running' ? 'runningRuns' : status === 'waiting' ? 'waitingRuns' : undefined;
}

export async function readCounts(reader: Pick<StoreReader, 'getEntries'>): Promise<EngineCounts> {
  const stored: unknown = Object.fromEntries(await reader.getEntries(area, names));
  const counts = isJsonObject(stored) ? stored : {};
  return {
    pendingEvents: numberIn(counts, 'pendingEvents'),
    failedEvents: numberIn(counts, 'failedEvents'),
    runningRuns: numberIn(counts, 'runningRuns'),
    waitingRuns: numberIn(counts, 'waitingRuns'),
  };
}

/** Counts what a store held before there was a count. Once for a store, before anything else writes. */
export async function beginCounts(store: StoreReader, write: EngineWriter): Promise<void> {
  const marked = await store.getEntries(area, ['counted']);
  if (marked.has('counted')) return;
  const counts: EngineCounts = { pendingEvents: 0, failedEvents: 0, runningRuns: 0, waitingRuns: 0 };
  for (const [collection, kind] of [
    ['events', 'event'],
    ['runs', 'run'],
  ] as const) {
    for (let before = Number.MAX_SAFE_INTEGER; ;) {
      const page = await store.recordsBefore({ collection, kind, tenantId: '', before, limit: pageSize });
      for (const { read } of page) {
        const record = living(read());
        const name = record && countOf(record);
        if (name) counts[name] += 1;
      }
      if (page.length < pageSize) break;
      before = page.at(-1)?.head.sequence ?? 0;
    }
  }
  await write(1, async (batch) => {
    for (const name of names) batch.putEntry(area, name, counts[name]);
    batch.putEntry(area, 'counted', true);
  });
}
