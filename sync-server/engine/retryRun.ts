import { retryFromFailed } from '#shared/domain/automation/run/advance.ts';
import { activeArea, hasFreeSlot, standInLine } from './concurrency.ts';
import { countMove } from './engineCounts.ts';
import type { EngineBatch } from './ports.ts';
import { activityOf, putActivity } from './ruleActivity.ts';
import { scheduleRun } from './runJobs.ts';
import { openRun } from './runProgress.ts';
import type { RunSources } from './runProgress.ts';
import { putRun } from './runState.ts';
import { changedByServer } from './serverRecord.ts';

export type Retried = 'taken_up' | 'nothing_to_do';

/**
 * Has a failed, partial or cancelled run go on with the step it failed at, with the program it began with. Where the rule
 * lets no further run go on, it stands in line.
 */
export async function retryRun(batch: EngineBatch, sources: RunSources, runId: string): Promise<Retried> {
  const run = await openRun(batch, sources.programs, runId);
  const state = run && retryFromFailed(run.program.steps, run.stored.state);
  if (!run || !state) return 'nothing_to_do';
  const { ruleId } = run.stored;
  const body = sources.book.rule(ruleId)?.record.body;
  const activity = await activityOf(batch, ruleId, body);
  const inLine = !hasFreeSlot(body, activity);
  const record = changedByServer(run.record, sources.clock(), {
    status: inLine ? 'waiting' : 'running',
    body: { waiting: inLine ? { for: 'turn', until: '', detail: '' } : null, endedAt: '', error: '' },
  });
  batch.append(record);
  await countMove(batch, run.record, record);
  let stored = { ...run.stored, state, inLine };
  if (inLine) await standInLine(batch, ruleId, runId);
  else {
    batch.putEntry(activeArea, `${ruleId}|${runId}`, true);
    stored = scheduleRun(batch, record, stored);
  }
  putRun(batch, runId, stored);
  putActivity(batch, ruleId, {
    ...activity,
    active: activity.active + (inLine ? 0 : 1),
    inLine: activity.inLine + (inLine ? 1 : 0),
  });
  return 'taken_up';
}
