import { cancelRun, startRun as newState } from '#shared/domain/automation/run/advance.ts';
import type { EventFacts } from '#shared/domain/automation/scope.ts';
import { activeArea, activeRuns, admission, standInLine } from './concurrency.ts';
import type { NotNow } from './concurrency.ts';
import { countMove } from './engineCounts.ts';
import { derivedId } from './derivedId.ts';
import type { EngineBatch } from './ports.ts';
import { activityOf, putActivity } from './ruleActivity.ts';
import type { KnownRule } from './ruleBook.ts';
import { scheduleRun } from './runJobs.ts';
import { keepProgress, openRun } from './runProgress.ts';
import type { RunSources } from './runProgress.ts';
import { putRun } from './runState.ts';
import type { StoredRun } from './runState.ts';
import { serverRecord } from './serverRecord.ts';

export type RunOrigin = 'event' | 'manual' | 'replay' | 'skipped';
export type Started = { started: string } | { started: undefined; because: NotNow };

/** The id of the run of a rule for an event; `round` counts repetitions from 0. */
export function runIdOf(eventId: string, eventStoredAt: number, ruleId: string, round: number): string {
  return derivedId(eventStoredAt, 'run', eventId, ruleId, String(round));
}

/**
 * Writes the first record of a run and has it go on by a job, as far as the rule's limit, cooldown and concurrency allow.
 * The counts are read and written here, in one transaction, so they are exact.
 */
export async function startRun(
  batch: EngineBatch,
  sources: RunSources,
  given: { rule: KnownRule; event: EventFacts; runId: string; origin: RunOrigin },
): Promise<Started> {
  const { rule, event, runId, origin } = given;
  const { id: ruleId, body, tenantId: ruleTenantId } = rule.record;
  const now = sources.clock();
  let activity = await activityOf(batch, ruleId, body);
  const admitted = admission(body, activity, now, origin === 'event' ? 'event' : 'person');
  if (admitted.admit === 'not') return { started: undefined, because: admitted.because };
  if (admitted.admit === 'restart') {
    await stopForNewer(batch, sources, ruleId, runId);
    activity = await activityOf(batch, ruleId, body);
  }
  const inLine = admitted.admit === 'line';
  const { revision } = body;
  await sources.programs.pin(batch, ruleId, revision, { name: body.name, tenantId: ruleTenantId, steps: body.steps });
  const record = serverRecord(now, {
    id: runId,
    kind: 'run',
    tenantId: event.tenantId === '' ? ruleTenantId : event.tenantId,
    status: inLine ? 'waiting' : 'running',
    body: {
      ruleId,
      ruleName: body.name,
      revision,
      eventId: event.id,
      depth: event.depth,
      startedAt: new Date(now).toISOString(),
      endedAt: '',
      durationMs: 0,
      steps: [],
      leftOut: 0,
      waiting: inLine ? { for: 'turn', until: '', detail: '' } : null,
      chain: event.chain.map((link) => ({ ...link })),
      origin,
      entityType: event.entityType,
      entityId: event.entityId,
      variables: {},
      error: '',
    },
  });
  batch.append(record);
  await countMove(batch, undefined, record);
  sources.statistics.count('runsStarted');
  let stored: StoredRun = { ruleId, revision, eventId: event.id, turn: 0, inLine, state: { ...newState(), about: [] } };
  if (inLine) await standInLine(batch, ruleId, runId);
  else {
    batch.putEntry(activeArea, `${ruleId}|${runId}`, true);
    stored = scheduleRun(batch, record, stored);
  }
  putRun(batch, runId, stored);
  putActivity(batch, ruleId, {
    ...activity,
    count: activity.count + 1,
    lastAt: now,
    active: activity.active + (inLine ? 0 : 1),
    inLine: activity.inLine + (inLine ? 1 : 0),
  });
  return { started: runId };
}

async function stopForNewer(batch: EngineBatch, sources: RunSources, ruleId: string, newer: string): Promise<void> {
  for (const id of await activeRuns(batch, ruleId, 10_000))
    await stopRun(batch, sources, id, `The rule fired again; the run ${newer} takes this one's place.`);
}

/** Ends a run wherever it stands. False when it had ended, or there is no such run. */
export async function stopRun(
  batch: EngineBatch,
  sources: RunSources,
  runId: string,
  reason: string,
): Promise<boolean> {
  const run = await openRun(batch, sources.programs, runId);
  if (!run || (run.stored.state.status !== 'running' && run.stored.state.status !== 'waiting')) return false;
  const progress = cancelRun(run.program.steps, run.stored.state, reason, sources.clock());
  await keepProgress(batch, sources, run, [progress], 'job');
  return true;
}
