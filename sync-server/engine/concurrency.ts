import { isJsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { Rule } from '#shared/resources/automation/rule.ts';
import { countMove } from './engineCounts.ts';
import { living } from './livingRecord.ts';
import type { EngineBatch } from './ports.ts';
import { activityOf, putActivity } from './ruleActivity.ts';
import type { RuleActivity } from './ruleActivity.ts';
import { scheduleRun } from './runJobs.ts';
import type { RunSources } from './runProgress.ts';
import { putRun, readRun } from './runState.ts';
import type { StoredRun } from './runState.ts';
import { changedByServer } from './serverRecord.ts';

/** Runs of a rule that go on, `<rule>|<run>`, and those that wait for their turn, `<rule>|<number>`. */
export const activeArea = 'activeRuns';
const lineArea = 'runLine';

/** Why a rule that would run does not. */
export type NotNow = 'limit' | 'cooldown' | 'single';
export type Admission = { admit: 'start' | 'line' | 'restart' } | { admit: 'not'; because: NotNow };

/** Whether a rule may start a run now. `now` in milliseconds since the epoch. */
export function admission(
  body: Rule['body'],
  activity: RuleActivity,
  now: number,
  asked: 'event' | 'person',
): Admission {
  if (body.executionLimit > 0 && activity.count >= body.executionLimit) return { admit: 'not', because: 'limit' };
  const cooling = activity.lastAt > 0 && now - activity.lastAt < body.cooldownSeconds * 1000;
  if (asked === 'event' && cooling) return { admit: 'not', because: 'cooldown' };
  if (activity.active === 0) return { admit: 'start' };
  switch (body.concurrency) {
    case 'single':
      return { admit: 'not', because: 'single' };
    case 'queued':
      return { admit: 'line' };
    case 'restart':
      return { admit: 'restart' };
    case 'parallel':
      return { admit: body.maxParallel > 0 && activity.active >= body.maxParallel ? 'line' : 'start' };
  }
}

/** How many runs of the rule may go on at once. */
function slotsOf(body: Rule['body'] | undefined): number {
  if (body?.concurrency === 'queued' || body?.concurrency === 'single') return 1;
  return body?.concurrency === 'parallel' && body.maxParallel > 0 ? body.maxParallel : Number.POSITIVE_INFINITY;
}

/** Whether one more run of the rule may go on now. */
export function hasFreeSlot(body: Rule['body'] | undefined, activity: RuleActivity): boolean {
  return activity.active < slotsOf(body);
}

/** Puts a run at the end of its rule's line. The caller counts it. */
export async function standInLine(batch: EngineBatch, ruleId: string, runId: string): Promise<void> {
  const known = (await batch.getEntries('runLineEnd', [ruleId])).get(ruleId);
  const place = (typeof known === 'number' ? known : 0) + 1;
  batch.putEntry('runLineEnd', ruleId, place);
  batch.putEntry(lineArea, `${ruleId}|${String(place).padStart(12, '0')}`, runId);
}

/** Ids of the runs of a rule that go on, at most `limit`. */
export async function activeRuns(batch: EngineBatch, ruleId: string, limit: number): Promise<string[]> {
  const found = await batch.entriesOf(activeArea, { prefix: `${ruleId}|`, limit });
  return found.map(({ key }) => key.slice(ruleId.length + 1));
}

/** A run ended: it counts no more, and the first in line goes on in its place. */
export async function giveTurn(
  batch: EngineBatch,
  { book, clock }: RunSources,
  ended: StoredRun,
  record: RecordEnvelope,
): Promise<void> {
  const { ruleId } = ended;
  const body = book.rule(ruleId)?.record.body;
  const activity = await activityOf(batch, ruleId, body);
  const key = `${ruleId}|${record.id}`;
  if ((await batch.getEntries(activeArea, [key])).has(key)) {
    batch.removeEntry(activeArea, key);
    activity.active = Math.max(0, activity.active - 1);
  } else if (ended.inLine) activity.inLine = Math.max(0, activity.inLine - 1);
  while (activity.inLine > 0 && activity.active < slotsOf(body)) {
    const [first] = await batch.entriesOf(lineArea, { prefix: `${ruleId}|`, limit: 1 });
    if (!first) {
      activity.inLine = 0;
      break;
    }
    batch.removeEntry(lineArea, first.key);
    const started = await beginTurn(batch, clock(), String(first.value));
    if (!started) continue;
    activity.inLine -= 1;
    activity.active += 1;
    batch.putEntry(activeArea, `${ruleId}|${started}`, true);
  }
  putActivity(batch, ruleId, activity);
}

/** The id of the run, or undefined when it does not stand in line any more. */
async function beginTurn(batch: EngineBatch, now: number, runId: string): Promise<string | undefined> {
  await batch.load([runId]);
  const record = living(batch.get(runId), 'run');
  const stored = await readRun(batch, runId);
  if (!record || !stored?.inLine || !isJsonObject(stored.state)) return undefined;
  const next = changedByServer(record, now, { status: 'running', body: { waiting: null } });
  batch.append(next);
  await countMove(batch, record, next);
  putRun(batch, runId, scheduleRun(batch, next, { ...stored, inLine: false }));
  return runId;
}
