import { aboutEvent, aboutStep, joinAbout } from '#shared/domain/automation/run/aboutStep.ts';
import { applyOutcome, beginStep } from '#shared/domain/automation/run/advance.ts';
import type { Move, Progress } from '#shared/domain/automation/run/advance.ts';
import { scopeOf } from '#shared/domain/automation/run/scopeOf.ts';
import type { ScopeBase } from '#shared/domain/automation/run/scopeOf.ts';
import { eventGone } from '#shared/domain/automation/run/fixedFailures.ts';
import type { RunState, StepOutcome } from '#shared/domain/automation/run/runState.ts';
import { computedOutcome, effectOutcome, faultOutcome } from '#shared/domain/automation/run/stepOutcome.ts';
import { idempotencyKey } from '#shared/domain/automation/run/stepKey.ts';
import type { Preparation, PreparedStep, StepFault } from '#shared/domain/automation/steps/preparedStep.ts';
import type { Scope } from '#shared/domain/automation/scope.ts';
import { unreachable } from '#shared/kernel/exhaustive.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { Result } from '#shared/kernel/result.ts';
import { numberIn, textIn } from '#shared/records/readBody.ts';
import type { Step } from '#shared/resources/automation/step.ts';
import type { About } from '#shared/resources/events/about.ts';
import { askApproval, subjectOf } from './askApproval.ts';
import type { StepContext } from './databaseSteps/stepContext.ts';
import { isStoreStep, performInStore } from './databaseSteps/performInStore.ts';
import { eventFactsOf } from '#shared/domain/automation/rules/eventFactsOf.ts';
import type { EffectContext, EffectOutcome, Effects } from './effects.ts';
import { ownPartOf } from './evaluation/plainStep.ts';
import { living } from './livingRecord.ts';
import type { EngineBatch, EngineSources } from './ports.ts';
import { actorOf, causeOf, keepProgress, openRun } from './runProgress.ts';
import type { OpenRun, RunSources } from './runProgress.ts';
import { idsAbout } from '#shared/domain/automation/rules/subjectOf.ts';
import { scopeBase } from './scopeBase.ts';

export interface Preparer {
  prepare: (step: Step, scope: Scope) => Promise<Result<Preparation, StepFault>>;
}

export interface StepSources extends RunSources {
  store: EngineSources['store'];
  write: EngineSources['write'];
  random: () => number;
  evaluator: Preparer;
  effects: Effects;
}

type PrepareMove = Extract<Move, { move: 'prepare' }>;
type Reader = Pick<EngineSources['store'], 'getRecords'>;

interface Subject {
  base: ScopeBase;
  /** What the event's own data may tell of. */
  about: readonly About[];
}

/** What a run's steps may look at, from committed records as they are now; undefined when its event is gone. */
export async function baseOf(reader: Reader, run: OpenRun): Promise<ScopeBase | undefined> {
  return (await subjectOfRun(reader, run))?.base;
}

async function subjectOfRun(reader: Reader, { record, stored, program }: OpenRun): Promise<Subject | undefined> {
  const event = living((await reader.getRecords([stored.eventId])).get(stored.eventId), 'event');
  if (!event) return undefined;
  const facts = eventFactsOf(event);
  const records = await reader.getRecords(idsAbout(facts));
  const rule = { id: stored.ruleId, name: program.name, revision: stored.revision };
  return { base: scopeBase(facts, rule, record.id, (id) => records.get(id)), about: aboutEvent(event) };
}

/**
 * Does the next step of a run: prepares it, performs it, stores what became of it. What a step writes to the store is in
 * the transaction of its outcome; before an effect outside, the attempt itself is made durable. Answers the run when it goes
 * on, undefined when it ended, sleeps, or somebody else goes on with it.
 */
export async function doStep(
  sources: StepSources,
  run: OpenRun,
  move: PrepareMove,
  signal: AbortSignal,
): Promise<OpenRun | undefined> {
  const subject = await subjectOfRun(sources.store, run);
  if (!subject)
    return settleStep(sources, run, move, { fault: { path: '', message: eventGone, retriable: false }, about: [] });
  const { base } = subject;
  const preparation = await sources.evaluator.prepare(move.step, scopeOf(move.state, base, sources.clock()));
  if (signal.aborted) throw signal.reason;
  const about = await aboutOf(
    sources.store,
    move.step,
    subject,
    preparation.ok ? preparation.value.prepared : undefined,
  );
  if (!preparation.ok) return settleStep(sources, run, move, { fault: preparation.error, about });
  const { prepared } = preparation.value;
  const begun = { ...preparation.value, about };
  if (computedOutcome(prepared) ?? (isStoreStep(prepared) || prepared.type === 'approval'))
    return settleStep(sources, run, move, begun);
  return performOutside(sources, run, move, begun, signal);
}

/** What the step may have read to be prepared, or is about to write. */
async function aboutOf(
  reader: Reader,
  step: Step,
  { base, about }: Subject,
  prepared: PreparedStep | undefined,
): Promise<readonly About[]> {
  const id = prepared && 'id' in prepared ? prepared.id : '';
  const changed = id === '' ? undefined : living((await reader.getRecords([id])).get(id));
  const read = aboutStep(ownPartOf(step), base, prepared, () => changed?.tenantId);
  return joinAbout(about, read);
}

type Begun = (Preparation | { fault: StepFault }) & { about: readonly About[] };

/** One transaction: the step is begun, done in the store, and its outcome kept. */
function settleStep(sources: StepSources, run: OpenRun, move: PrepareMove, begun: Begun): Promise<OpenRun | undefined> {
  return inTurn(sources, run, async (batch, current) => {
    const { steps } = current.program;
    const first = begin(current, move, begun, sources.clock());
    const outcome = await outcomeInStore(batch, sources, { ...current, stored: stateIn(current, first) }, move, begun);
    const second = applyOutcome(steps, first.state, outcome, sources.clock(), sources.random);
    countStep(sources, outcome, second.state);
    return keepProgress(batch, sources, current, [first, second], 'caller');
  });
}

async function outcomeInStore(
  batch: EngineBatch,
  sources: StepSources,
  run: OpenRun,
  { step, key }: PrepareMove,
  begun: Begun,
): Promise<StepOutcome> {
  if ('fault' in begun) return faultOutcome(step, begun.fault);
  const { prepared } = begun;
  const computed = computedOutcome(prepared);
  if (computed) return computed;
  const context = stepContext(batch, run, step, key, sources.clock());
  if (isStoreStep(prepared)) return effectOutcome(step, await performInStore(context, sources.book, prepared));
  if (prepared.type !== 'approval') throw new Error(`a step of type '${prepared.type}' is not done in the store`);
  const base = await baseOf(inBatch(batch), run);
  if (!base) return faultOutcome(step, { path: '', message: eventGone, retriable: false });
  const subject = await subjectOf(run.program.steps, run.stored.state, base, context.now);
  return askApproval(context, step.id, prepared, subject);
}

/** Records as a batch sees them. */
export function inBatch(batch: EngineBatch): Reader {
  return {
    getRecords: async (ids) => {
      await batch.load(ids);
      return new Map(
        ids.flatMap((id) => {
          const record = batch.get(id);
          return record ? [[id, record] as const] : [];
        }),
      );
    },
  };
}

async function performOutside(
  sources: StepSources,
  run: OpenRun,
  move: PrepareMove,
  preparation: Preparation & { about: readonly About[] },
  signal: AbortSignal,
): Promise<OpenRun | undefined> {
  const performing = await inTurn(sources, run, (batch, current) =>
    keepProgress(batch, sources, current, [begin(current, move, preparation, sources.clock())], 'caller'),
  );
  if (!performing) return undefined;
  const answer = await perform(sources.effects, preparation.prepared, {
    idempotencyKey: idempotencyKey(run.record.id, move.key),
    runId: run.record.id,
    ruleId: run.stored.ruleId,
    tenantId: run.record.tenantId,
    stepId: move.step.id,
    attempt: move.attempt,
    signal,
  });
  if (preparation.prepared.type === 'webhook') {
    sources.statistics.count('webhooks');
    if (!answer.ok) sources.statistics.count('webhooksFailed');
  }
  // Broken off by the server's stop or a cancelled run: the attempt is not judged, it comes again under the same key.
  if (signal.aborted && !answer.ok) throw signal.reason;
  return inTurn(sources, performing, (batch, current) => {
    const outcome = effectOutcome(move.step, answer);
    const progress = applyOutcome(
      current.program.steps,
      current.stored.state,
      outcome,
      sources.clock(),
      sources.random,
    );
    countStep(sources, outcome, progress.state);
    return keepProgress(batch, sources, current, [progress], 'caller');
  });
}

type OutsideStep = Extract<PreparedStep, { type: keyof Effects }>;

const outside: Readonly<Record<keyof Effects, true>> = {
  email: true,
  meeting: true,
  webhook: true,
  askModel: true,
  runJob: true,
  pluginAction: true,
};

function isOutside(prepared: PreparedStep): prepared is OutsideStep {
  return Object.hasOwn(outside, prepared.type);
}

async function perform(effects: Effects, prepared: PreparedStep, context: EffectContext): Promise<EffectOutcome> {
  if (!isOutside(prepared)) throw new Error(`a step of type '${prepared.type}' is not done outside`);
  try {
    return await effectOf(effects, prepared, context);
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error), retriable: true };
  }
}

function effectOf(effects: Effects, prepared: OutsideStep, context: EffectContext): Promise<EffectOutcome> {
  switch (prepared.type) {
    case 'email':
      return effects.email(prepared, context);
    case 'meeting':
      return effects.meeting(prepared, context);
    case 'webhook':
      return effects.webhook(prepared, context);
    case 'askModel':
      return effects.askModel(prepared, context);
    case 'runJob':
      return effects.runJob(prepared, context);
    case 'pluginAction':
      return effects.pluginAction(prepared, context);
    default:
      return unreachable(prepared);
  }
}

/** Does work on a run in a transaction, as long as nobody else has gone on with it since. */
export function inTurn(
  sources: Pick<StepSources, 'write' | 'programs'>,
  run: OpenRun,
  work: (batch: EngineBatch, current: OpenRun) => Promise<OpenRun | undefined>,
): Promise<OpenRun | undefined> {
  return sources.write(1, async (batch) => {
    const current = await openRun(batch, sources.programs, run.record.id);
    if (!current || current.stored.turn !== run.stored.turn) return undefined;
    return work(batch, current);
  });
}

function begin(run: OpenRun, move: PrepareMove, begun: Begun, now: number): Progress {
  const input = ('fault' in begun ? {} : begun.prepared) as unknown as Json;
  const unknownVariables = 'fault' in begun ? [] : begun.unknownVariables;
  const state = move.state;
  return beginStep(run.program.steps, state, {
    attempt: move.attempt,
    input,
    now,
    runId: run.record.id,
    unknownVariables,
    about: begun.about,
  });
}

function stateIn(run: OpenRun, { state }: { state: RunState }): OpenRun['stored'] {
  return { ...run.stored, state };
}

export function stepContext(batch: EngineBatch, run: OpenRun, step: Step, stepKey: string, now: number): StepContext {
  const { record, stored, program } = run;
  return {
    batch,
    runId: record.id,
    ruleId: stored.ruleId,
    ruleTenantId: program.tenantId,
    tenantId: record.tenantId,
    entityType: textIn(record.body, 'entityType'),
    entityId: textIn(record.body, 'entityId'),
    stepKey,
    stepName: step.name,
    actor: actorOf(program),
    cause: causeOf(run),
    about: stored.state.about,
    now,
    startedAt: Date.parse(textIn(record.body, 'startedAt')) || numberIn(record.body, 'startedAt'),
  };
}

function countStep({ statistics }: StepSources, outcome: StepOutcome, { phase }: RunState): void {
  statistics.count('steps');
  if (outcome.outcome === 'failed' && phase.at === 'backingOff') statistics.count('retries');
}
