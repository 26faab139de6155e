import { eventFactsOf } from '#shared/domain/automation/rules/eventFactsOf.ts';
import { kindNamedBy } from '#shared/domain/writes/eventRules.ts';
import { refusalOfSteps } from '#shared/domain/writes/rulePermissions.ts';
import type { RuleSteps, StepsRefusal } from '#shared/domain/writes/rulePermissions.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { Job } from '../../storage/store.ts';
import { living } from '../livingRecord.ts';
import { openRun } from '../runProgress.ts';
import type { OpenRun } from '../runProgress.ts';
import type { KnownRule } from '../ruleBook.ts';
import { runsWaitingFor } from '../waits.ts';
import type { CommandContext, CommandSources, ItemOutcome } from './commandContext.ts';

type Refused = Extract<ItemOutcome, { item: 'refused' }> & { refusal: StepsRefusal };
/** Whose rights are asked. */
export type Rights = Pick<CommandContext, 'principal' | 'proved'>;
type EventRights = Rights & Pick<CommandContext, 'batch'> & { sources: Pick<CommandSources, 'book' | 'programs'> };

interface Asked {
  /** Of what they run for. */
  tenantId: string;
  /** '' = a rule of the platform. */
  ruleTenantId: string;
  steps: RuleSteps;
  /** Of the record that it is for, where that is known. */
  kind?: string | undefined;
}

/** Why the giver may not have these steps run; undefined = they may. */
export function mayNotRun(
  { principal, proved }: Rights,
  { tenantId, ruleTenantId, steps, kind }: Asked,
): Refused | undefined {
  const known = { proved, ruleTenantId, ...(kind === undefined ? {} : { kind }) };
  const refusal = refusalOfSteps(principal, tenantId, steps, known);
  if (!refusal) return undefined;
  const { because, permission } = refusal;
  const message =
    because === 'missing'
      ? `The steps of the rule need the permission '${permission}', which you do not hold.`
      : `The steps of the rule use '${permission}', which asks again who you are. Confirm it, then give the command again.`;
  return { item: 'refused', message, refusal };
}

/** Why they may not have a rule run for an event. */
export function mayNotRunFor(context: Rights, { record }: KnownRule, event: RecordEnvelope): Refused | undefined {
  const { tenantId: ruleTenantId, body: steps } = record;
  const tenantId = event.tenantId || ruleTenantId;
  return mayNotRun(context, { tenantId, ruleTenantId, steps, kind: kindNamedBy(event) });
}

/** Why they may not have a run go on, with the steps it began with. */
export function mayNotGoOn(context: Rights, { record, program }: OpenRun): Refused | undefined {
  const steps: RuleSteps = { trigger: { type: 'manual' }, steps: program.steps };
  const { tenantId } = record;
  return mayNotRun(context, { tenantId, ruleTenantId: program.tenantId, steps, kind: kindNamedBy(record) ?? '' });
}

/**
 * Why they may not have an event processed: of every active rule that listens to it, whatever its conditions say then, and of
 * every run that waits for it.
 */
export async function mayNotProcess(context: EventRights, event: RecordEnvelope): Promise<Refused | undefined> {
  const { batch, sources } = context;
  const facts = eventFactsOf(event);
  for (const rule of sources.book.candidates(facts).rules) {
    const refused = rule.record.body.isActive ? mayNotRunFor(context, rule, event) : undefined;
    if (refused) return refused;
  }
  for (const runId of await runsWaitingFor(batch, facts)) {
    const run = await openRun(batch, sources.programs, runId);
    const refused = run && mayNotGoOn(context, run);
    if (refused) return refused;
  }
  return undefined;
}

/** The same of a job that was given up: of all events that it would process again. */
export async function mayNotDoAgain(
  context: EventRights,
  { type, payload }: Pick<Job, 'type' | 'payload'>,
): Promise<StepsRefusal | undefined> {
  const ids = type === 'processEvents' && Array.isArray(payload['eventIds']) ? payload['eventIds'].map(String) : [];
  await context.sources.book.catchUp(context.batch.reader);
  await context.batch.load(ids);
  for (const id of ids) {
    const event = living(context.batch.get(id), 'event');
    const refused = event && (await mayNotProcess(context, event));
    if (refused) return refused.refusal;
  }
  return undefined;
}
