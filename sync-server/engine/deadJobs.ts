import { serverFault } from '#shared/domain/automation/run/fixedFailures.ts';
import { textIn } from '#shared/records/readBody.ts';
import type { Job } from '../storage/store.ts';
import { living } from './livingRecord.ts';
import type { EngineBatch, EngineWriter } from './ports.ts';
import { keepProgress, openRun } from './runProgress.ts';
import type { RunSources } from './runProgress.ts';
import { changedByServer } from './serverRecord.ts';

/**
 * A job failed for good: what waited for it ends, instead of waiting for ever. The reason is in the server's log and nowhere else, as
 * it may repeat any record.
 */
export async function failJob(sources: RunSources & { write: EngineWriter }, job: Job): Promise<void> {
  const problem = serverFault;
  await sources.write(1, async (batch) => {
    if (job.type === 'advanceRun') await failRun(batch, sources, textIn(job.payload, 'runId'), problem);
    if (job.type === 'executeCommand') await failCommand(batch, sources, textIn(job.payload, 'commandId'), problem);
  });
}

async function failRun(batch: EngineBatch, sources: RunSources, runId: string, error: string): Promise<void> {
  const run = await openRun(batch, sources.programs, runId);
  if (!run || (run.stored.state.status !== 'running' && run.stored.state.status !== 'waiting')) return;
  const state = { ...run.stored.state, status: 'failed' as const, error };
  await keepProgress(batch, sources, run, [{ state, trace: undefined }], 'job');
}

async function failCommand(batch: EngineBatch, { clock }: RunSources, id: string, problem: string): Promise<void> {
  await batch.load([id]);
  const command = living(batch.get(id), 'command');
  if (command?.status !== 'queued' && command?.status !== 'running') return;
  await batch.write({
    after: changedByServer(command, clock(), { status: 'failed', body: { problem: problem.slice(0, 2000) } }),
    actor: { id: 'system', name: 'system' },
    reason: problem.slice(0, 2000),
    madeAt: '',
    requestId: id,
  });
}
