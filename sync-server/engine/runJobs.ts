import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { EngineBatch } from './ports.ts';
import type { StoredRun } from './runState.ts';

/** Has a run go on at a time (default now), by a job that makes every earlier one stale. */
export function scheduleRun(batch: EngineBatch, record: RecordEnvelope, stored: StoredRun, dueAt?: number): StoredRun {
  const turn = stored.turn + 1;
  batch.removeJobs([jobId(record.id, stored.turn)]);
  batch.enqueue(
    'advanceRun',
    { runId: record.id, turn },
    { id: jobId(record.id, turn), tenantId: record.tenantId, ...(dueAt === undefined ? {} : { dueAt }) },
  );
  return { ...stored, turn };
}

/** Nothing goes on with the run by itself any more. */
export function unscheduleRun(batch: EngineBatch, runId: string, stored: StoredRun): StoredRun {
  batch.removeJobs([jobId(runId, stored.turn)]);
  return { ...stored, turn: stored.turn + 1 };
}

function jobId(runId: string, turn: number): string {
  return `run:${runId}:${turn}`;
}
