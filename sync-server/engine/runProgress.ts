import { nextMove } from '#shared/domain/automation/run/advance.ts';
import type { Progress } from '#shared/domain/automation/run/advance.ts';
import type { RunState } from '#shared/domain/automation/run/runState.ts';
import { recordTrace, traceable } from '#shared/domain/automation/run/traces.ts';
import type { Traces } from '#shared/domain/automation/run/traces.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { Cause } from '#shared/resources/events/cause.ts';
import type { RunWaiting, StepTrace } from '#shared/resources/runs/run.ts';
import { countMove } from './engineCounts.ts';
import type { Counted, EngineStatistics } from './engineStatistics.ts';
import { giveTurn } from './concurrency.ts';
import { closeQuestion } from './openQuestion.ts';
import type { EngineBatch, WriteCause } from './ports.ts';
import type { RuleBook } from './ruleBook.ts';
import { scheduleRun, unscheduleRun } from './runJobs.ts';
import { putRun, readRun, removeRun } from './runState.ts';
import type { Program, Programs, StoredRun } from './runState.ts';
import { living } from './livingRecord.ts';
import { changedByServer } from './serverRecord.ts';
import { followWait } from './waits.ts';
import { isWellFormed, wellFormed } from './wellFormed.ts';

/** A run with everything that a transaction needs to go on with it. */
export interface OpenRun {
  record: RecordEnvelope;
  stored: StoredRun;
  program: Program;
}

export interface RunSources {
  programs: Programs;
  book: RuleBook;
  clock: () => number;
  statistics: EngineStatistics;
}

const endOf: Partial<Record<RunState['status'], Counted>> = {
  success: 'runsSuccess',
  partial: 'runsPartial',
  failed: 'runsFailed',
  cancelled: 'runsCancelled',
};

/** undefined for a run that there is not, or that left nothing to go on with. */
export async function openRun(batch: EngineBatch, programs: Programs, runId: string): Promise<OpenRun | undefined> {
  await batch.load([runId]);
  const record = living(batch.get(runId), 'run');
  const stored = await readRun(batch, runId);
  if (!record || !stored) return undefined;
  return { record, stored, program: await programs.read(batch, stored.ruleId, stored.revision) };
}

/** Who acts in what a run writes. */
export function actorOf(program: Program): { id: string; name: string } {
  return { id: 'system', name: `rule: ${program.name}` };
}

/** Origin of what a run writes: one rule deeper than the event that set it off. */
export function causeOf({ record, stored }: OpenRun): WriteCause {
  const chain = (Array.isArray(record.body['chain']) ? record.body['chain'] : []) as unknown as Cause[];
  const link = { ruleId: stored.ruleId, runId: record.id, eventId: stored.eventId };
  return { depth: numberIn(record.body, 'depth') + 1, chain: [...chain, link].slice(-20) };
}

/**
 * Stores how far a run came: ended, asleep until a time, or going on. `by`: 'caller' goes on with the answer, 'job' has a
 * job do it. Answers the run when it goes on, undefined when it ended or sleeps.
 */
export async function keepProgress(
  batch: EngineBatch,
  sources: RunSources,
  run: OpenRun,
  progress: readonly Progress[],
  by: 'caller' | 'job',
): Promise<OpenRun | undefined> {
  const now = sources.clock();
  let traces: Traces = tracesOf(run.record);
  for (const { trace } of progress) if (trace) traces = recordTrace(traces, trace);
  const reached = progress.at(-1)?.state ?? run.stored.state;
  const move = nextMove(run.program.steps, reached, now);
  await followWait(batch, run, move.state);
  await closeQuestion(batch, run, move.state, now);
  if (move.move === 'end') {
    await endRun(batch, sources, run, move.state, traces);
    return undefined;
  }
  const asleep = move.move === 'sleep';
  const waiting: RunWaiting | null = asleep ? move.waiting : null;
  const record = changedByServer(run.record, now, {
    status: asleep ? 'waiting' : 'running',
    body: { ...bodyOf(traces, move.state), waiting: waiting && { ...waiting }, endedAt: '', error: '' },
  });
  batch.append(record);
  await countMove(batch, run.record, record);
  let stored: StoredRun = { ...run.stored, state: move.state };
  if (asleep) {
    if (move.until < Number.MAX_SAFE_INTEGER) stored = scheduleRun(batch, record, stored, move.until);
    else stored = unscheduleRun(batch, record.id, stored);
  } else if (by === 'job') stored = scheduleRun(batch, record, stored);
  putRun(batch, record.id, stored);
  return asleep || by === 'job' ? undefined : { ...run, record, stored };
}

/** The end of a run, with its audit entry. What it would need for a retry is kept unless it was a success. */
async function endRun(
  batch: EngineBatch,
  sources: RunSources,
  run: OpenRun,
  state: RunState,
  traces: Traces,
): Promise<void> {
  const now = sources.clock();
  const started = Date.parse(textIn(run.record.body, 'startedAt'));
  const record = changedByServer(run.record, now, {
    status: state.status,
    body: {
      ...bodyOf(traces, state),
      waiting: null,
      endedAt: new Date(now).toISOString(),
      durationMs: Math.max(0, Math.round(now - started)),
      error: state.error.slice(0, 10_000).toWellFormed(),
    },
  });
  await batch.write({
    after: record,
    actor: actorOf(run.program),
    reason: state.error.slice(0, 2000).toWellFormed(),
    madeAt: '',
    requestId: record.id,
  });
  await countMove(batch, run.record, record);
  sources.statistics.count(endOf[state.status] ?? 'runsFailed');
  if (state.status === 'success') removeRun(batch, record.id);
  else putRun(batch, record.id, { ...unscheduleRun(batch, record.id, run.stored), inLine: false, state });
  await giveTurn(batch, sources, run.stored, record);
}

export function tracesOf(record: RecordEnvelope): Traces {
  const steps = record.body['steps'];
  // Written by the engine alone, from traces.
  return {
    steps: Array.isArray(steps) ? (steps as unknown as StepTrace[]) : [],
    leftOut: numberIn(record.body, 'leftOut'),
  };
}

function bodyOf(traces: Traces, state: RunState): JsonObject {
  const variables: Json = traceable(state.vars);
  const body = { steps: traces.steps as unknown as Json, leftOut: traces.leftOut, variables };
  return (isWellFormed(body) ? body : wellFormed(body)) as JsonObject;
}
