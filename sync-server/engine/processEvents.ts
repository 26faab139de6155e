import { conditionsHold } from '#shared/domain/automation/conditions/evaluateConditions.ts';
import { checkEventData } from '#shared/domain/automation/events/checkEventData.ts';
import { ruleRuns } from '#shared/domain/automation/rules/decideRule.ts';
import { aboutEvent, joinAbout } from '#shared/domain/automation/run/aboutStep.ts';
import { applyOutcome } from '#shared/domain/automation/run/advance.ts';
import { eventArrivedOutcome } from '#shared/domain/automation/run/stepOutcome.ts';
import { scopeView } from '#shared/domain/automation/scopeView.ts';
import type { EventFacts } from '#shared/domain/automation/scope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { numberIn } from '#shared/records/readBody.ts';
import { StoreFailure } from '../storage/store.ts';
import type { Job } from '../storage/store.ts';
import { admission } from './concurrency.ts';
import { countMove } from './engineCounts.ts';
import type { EngineStatistics } from './engineStatistics.ts';
import { eventFactsOf } from '#shared/domain/automation/rules/eventFactsOf.ts';
import { takeFromQuota } from './eventQuota.ts';
import { living } from './livingRecord.ts';
import type { EngineBatch, EngineSources } from './ports.ts';
import { activityOf } from './ruleActivity.ts';
import type { KnownRule } from './ruleBook.ts';
import { keepProgress, openRun } from './runProgress.ts';
import type { RunSources } from './runProgress.ts';
import { scopeBase } from './scopeBase.ts';
import { changedByServer } from './serverRecord.ts';
import { keepSkipped } from './skippedEvents.ts';
import { runIdOf, startRun } from './startRun.ts';
import { runsWaitingFor } from './waits.ts';

/** A chain of rules that fire each other ends here. */
export const deepestChain = 8;

export interface ProcessSources extends RunSources {
  write: EngineSources['write'];
  random: () => number;
  /** How many runs one tenant may start in a minute. */
  runsPerMinute: number;
  statistics: EngineStatistics;
}

type Failure = { failure: 'schema' | 'depth' | 'quota' | 'inactive_type' | 'internal'; error: string };

/** Decides pending events and starts runs for them; each event and what comes of it is one transaction. */
export function createEventProcessor(sources: ProcessSources): (job: Job) => Promise<void> {
  const { write, clock, statistics } = sources;
  const processAll = (ids: readonly string[]) =>
    write(ids.length, async (batch) => {
      await sources.book.catchUp(batch.reader);
      await batch.load(ids);
      let [processed, failed] = [0, 0];
      for (const id of ids) {
        const outcome = await processOne(batch, sources, living(batch.get(id), 'event'));
        if (outcome === 'processed') processed += 1;
        if (outcome === 'failed') failed += 1;
      }
      return { processed, failed };
    });
  return async (job) => {
    const ids = Array.isArray(job.payload['eventIds']) ? job.payload['eventIds'].map(String) : [];
    const count = ({ processed, failed }: { processed: number; failed: number }) => {
      statistics.count('eventsProcessed', processed);
      statistics.count('eventsFailed', failed);
    };
    try {
      count(await processAll(ids));
    } catch (error) {
      if (error instanceof StoreFailure) throw error;
      // One event at fault must not hold up the others.
      for (const id of ids) await processAll([id]).then(count, (cause: unknown) => failAlone(id, cause));
    }
  };

  async function failAlone(id: string, cause: unknown): Promise<void> {
    if (cause instanceof StoreFailure) throw cause;
    statistics.count('eventsFailed');
    const why = cause instanceof Error ? cause.message : String(cause);
    await write(1, async (batch) => {
      await batch.load([id]);
      const event = living(batch.get(id), 'event');
      const error = `The server could not process the event: ${why}. Retry it; if it fails again, report this.`;
      if (event && isOpen(event)) await fail(batch, event, { failure: 'internal', error }, clock());
    });
  }
}

async function processOne(
  batch: EngineBatch,
  sources: ProcessSources,
  event: RecordEnvelope | undefined,
): Promise<'processed' | 'failed' | 'nothing'> {
  if (!event || !isOpen(event)) return 'nothing';
  const now = sources.clock();
  const facts = eventFactsOf(event);
  const refused = checkAgain(event, facts, sources);
  if (refused) return fail(batch, event, refused, now);
  const matching = await rulesFor(batch, sources, facts, now);
  const due: KnownRule[] = [];
  for (const rule of matching) if (await mayRun(batch, rule, now)) due.push(rule);
  if (due.length > 0 && facts.depth >= deepestChain)
    return fail(batch, event, { failure: 'depth', error: tooDeep(facts, due, sources) }, now);
  if (due.length > 0 && !(await takeFromQuota(batch, facts.tenantId, due.length, sources.runsPerMinute, now))) {
    const error =
      `The event would start ${due.length} ${due.length === 1 ? 'run' : 'runs'}; this tenant's share of ` +
      `${sources.runsPerMinute} runs a minute is used up. Retry the event in a minute.`;
    return fail(batch, event, { failure: 'quota', error }, now);
  }
  let matched = 0;
  for (const rule of matching) {
    if (!rule.record.body.isActive) await keepSkipped(batch, rule, facts.id);
    else {
      const runId = runIdOf(facts.id, Date.parse(event.createdAt), rule.record.id, 0);
      const { started } = await startRun(batch, sources, { rule, event: facts, runId, origin: 'event' });
      if (started !== undefined) matched += 1;
    }
  }
  await wakeWaitingRuns(batch, sources, event, facts);
  const body = { matched, attempts: numberIn(event.body, 'attempts') + 1, failure: '', error: '' };
  await storeEvent(batch, event, changedByServer(event, now, { status: 'processed', body }));
  return 'processed';
}

/** Whether the rule is active and its own limits let it run; asked again when it is started. */
async function mayRun(batch: EngineBatch, { record: { id, body } }: KnownRule, now: number): Promise<boolean> {
  if (!body.isActive) return false;
  return admission(body, await activityOf(batch, id, body), now, 'event').admit !== 'not';
}

/** Rules whose trigger and conditions the event fulfils. Records are read only when a condition looks at them. */
export async function rulesFor(
  batch: EngineBatch,
  { book }: Pick<ProcessSources, 'book'>,
  event: EventFacts,
  now: number,
): Promise<KnownRule[]> {
  const { rules, reads, onlyConditions } = book.candidates(event);
  if (rules.length === 0) return [];
  const wanted = reads.record ? [event.entityId] : [];
  if (reads.tenant) wanted.push(event.tenantId);
  await batch.load(wanted.filter((id) => id !== ''));
  const base = scopeBase(event, { id: '', name: '', revision: 0 }, '', batch.get);
  const view = scopeView({ ...base, steps: {}, vars: {}, now: new Date(now).toISOString() });
  return onlyConditions
    ? rules.filter(({ compiled }) => conditionsHold(compiled.conditions, view))
    : rules.filter(({ compiled }) => ruleRuns(compiled, event, view));
}

/** An event that is tried again may meet another catalogue than the one that let it in. */
function checkAgain(event: RecordEnvelope, facts: EventFacts, { book }: ProcessSources): Failure | undefined {
  if (numberIn(event.body, 'attempts') === 0) return undefined;
  const type = book.type(facts.name);
  if (!type) return undefined;
  if (!type.isActive) {
    const error = `The event type '${facts.name}' is switched off. Switch it on in the catalogue and retry the event.`;
    return { failure: 'inactive_type', error };
  }
  const checked = checkEventData(type.dataSchema, facts.data);
  if (checked.ok) return undefined;
  const { path, message } = checked.error;
  return { failure: 'schema', error: `'${path}' does not fit the type '${facts.name}': ${message}` };
}

async function wakeWaitingRuns(
  batch: EngineBatch,
  sources: ProcessSources,
  record: RecordEnvelope,
  event: EventFacts,
): Promise<void> {
  for (const runId of await runsWaitingFor(batch, event)) {
    const run = await openRun(batch, sources.programs, runId);
    if (run?.stored.state.phase.at !== 'waiting') continue;
    const outcome = eventArrivedOutcome({ id: event.id, name: event.name, data: event.data });
    const { steps } = run.program;
    const { state } = run.stored;
    const told = state.about ? { ...state, about: joinAbout(state.about, aboutEvent(record)) } : state;
    const progress = applyOutcome(steps, told, outcome, sources.clock(), sources.random);
    await keepProgress(batch, sources, run, [progress], 'job');
  }
}

function tooDeep(event: EventFacts, due: readonly KnownRule[], { book }: ProcessSources): string {
  const named = (ruleId: string) => {
    const name = book.rule(ruleId)?.record.body.name;
    return name === undefined ? ruleId : `"${name}" (${ruleId})`;
  };
  const chain = event.chain.map(({ ruleId, runId }) => `${named(ruleId)}, run ${runId}`).join(' → ');
  const next = due.map(({ record }) => named(record.id)).join(', ');
  return (
    `Rules fire each other ${event.depth} deep, and ${deepestChain} is the most: ${chain} → '${event.name}' → ${next}. ` +
    'Change one of these rules so that it does not set off the others, then retry the event.'
  );
}

async function fail(
  batch: EngineBatch,
  event: RecordEnvelope,
  { failure, error }: Failure,
  now: number,
): Promise<'failed'> {
  const body = { failure, error: error.slice(0, 10_000), attempts: numberIn(event.body, 'attempts') + 1, matched: 0 };
  await storeEvent(batch, event, changedByServer(event, now, { status: 'failed', body }));
  return 'failed';
}

async function storeEvent(batch: EngineBatch, before: RecordEnvelope, after: RecordEnvelope): Promise<void> {
  batch.append(after);
  await countMove(batch, before, after);
}

function isOpen({ status }: RecordEnvelope): boolean {
  return status === 'pending' || status === 'processing';
}
