import type { CommandArguments } from '#shared/domain/automation/commands.ts';
import { decideAccess } from '#shared/domain/access/decideAccess.ts';
import { ruleStarted } from '#shared/domain/automation/rules/triggerEvents.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { accessTargetOf } from '#shared/domain/access/decideAccess.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import type { NotNow } from '../concurrency.ts';
import { derivedId } from '../derivedId.ts';
import { eventFactsOf } from '#shared/domain/automation/rules/eventFactsOf.ts';
import { eventRecord } from '../eventRecord.ts';
import { takeFromQuota } from '../eventQuota.ts';
import { living } from '../livingRecord.ts';
import { retryRun } from '../retryRun.ts';
import { openRun } from '../runProgress.ts';
import type { KnownRule } from '../ruleBook.ts';
import { dropSkipped } from '../skippedEvents.ts';
import { runIdOf, startRun, stopRun } from '../startRun.ts';
import { may, notReachable } from './commandContext.ts';
import type { CommandContext, ItemOutcome } from './commandContext.ts';
import { mayNotGoOn, mayNotRun, mayNotRunFor } from './stepRights.ts';

/** A run goes on from the step it failed at. */
export async function retryOneRun(context: CommandContext, id: string): Promise<ItemOutcome> {
  const run = await reachRun(context, id);
  if (!run) return notReachable(context, 'run', id);
  const open = canGoOn(run) ? await openRun(context.batch, context.sources.programs, id) : undefined;
  const refused = open && mayNotGoOn(context, open);
  if (refused) return refused;
  const retried = await retryRun(context.batch, context.sources, id);
  if (retried === 'taken_up') return { item: 'done', runIds: [id] };
  if (run.status === 'success' || run.status === 'running' || run.status === 'waiting') return { item: 'skipped' };
  return { item: 'refused', message: `The run ${id} left nothing to go on from. Run its rule again instead.` };
}

function canGoOn({ status }: RecordEnvelope): boolean {
  return status === 'failed' || status === 'partial' || status === 'cancelled';
}

export async function cancelOneRun(context: CommandContext, id: string, reason: string): Promise<ItemOutcome> {
  if (!(await reachRun(context, id))) return notReachable(context, 'run', id);
  const why = `Stopped by ${context.principal.name}${reason === '' ? '' : `: ${reason}`}`;
  return { item: (await stopRun(context.batch, context.sources, id, why)) ? 'done' : 'skipped' };
}

async function reachRun(context: CommandContext, id: string): Promise<RecordEnvelope | undefined> {
  await context.batch.load([id]);
  const run = living(context.batch.get(id), 'run');
  return run && may(context, run) ? run : undefined;
}

/** The rule that a command names, when the giver may use it. */
export function reachRule(context: CommandContext, ruleId: string): KnownRule | undefined {
  const rule = context.sources.book.rule(ruleId);
  return rule && may(context, { ...rule.record, body: {} }) ? rule : undefined;
}

/** Starts a rule by hand: for a record or for none, whatever its trigger and conditions say. */
export async function runRule(context: CommandContext, args: CommandArguments<'runRule'>): Promise<ItemOutcome> {
  const { batch, sources, commandId, givenAt, principal } = context;
  const rule = reachRule(context, args.ruleId);
  if (!rule) return notReachable(context, 'rule', args.ruleId);
  let about: RecordEnvelope | undefined;
  if (args.recordId !== '') {
    await batch.load([args.recordId]);
    const found = living(batch.get(args.recordId), args.recordKind);
    const permission = `${resourceByKind(args.recordKind)?.permission ?? args.recordKind}.view`;
    const seen = found && decideAccess(principal, permission, accessTargetOf(found)).allowed;
    if (!found || !seen)
      return { item: 'refused', message: `There is no ${args.recordKind} '${args.recordId}' that you may see.` };
    if (rule.record.tenantId !== '' && found.tenantId !== rule.record.tenantId)
      return { item: 'refused', message: 'The rule belongs to one tenant, and the record to another.' };
    about = found;
  }
  const { id: ruleId, tenantId } = rule.record;
  const refused = mayNotRun(context, {
    tenantId: about?.tenantId ?? tenantId,
    ruleTenantId: tenantId,
    steps: rule.record.body,
    kind: about?.kind,
  });
  if (refused) return refused;
  const eventId = derivedId(givenAt, 'command', commandId);
  await batch.load([eventId]);
  if (batch.get(eventId)) return { item: 'done', runIds: [runIdOf(eventId, givenAt, ruleId, 0)] };
  const event = eventRecord(ruleStarted({ id: ruleId, tenantId }, args.data, about), {
    id: eventId,
    at: sources.clock(),
    triggeredBy: principal.id,
    status: 'processed',
  });
  const runTenant = event.tenantId;
  if (!(await takeFromQuota(batch, runTenant, 1, sources.runsPerMinute, sources.clock()))) return { item: 'later' };
  const runId = runIdOf(eventId, givenAt, ruleId, 0);
  const started = await startRun(batch, sources, { rule, event: eventFactsOf(event), runId, origin: 'manual' });
  if (started.started === undefined) return { item: 'refused', message: whyNotNow[started.because] };
  batch.append({ ...event, body: { ...event.body, matched: 1 } });
  return { item: 'done', runIds: [runId] };
}

/** Runs a rule for an event it kept while it was paused. */
export async function runSkippedEvent(context: CommandContext, rule: KnownRule, eventId: string): Promise<ItemOutcome> {
  const { batch, sources } = context;
  await batch.load([eventId]);
  const event = living(batch.get(eventId), 'event');
  if (!event) {
    await dropSkipped(batch, rule.record, [eventId]);
    return { item: 'skipped' };
  }
  const refused = mayNotRunFor(context, rule, event);
  if (refused) return refused;
  if (!(await takeFromQuota(batch, event.tenantId, 1, sources.runsPerMinute, sources.clock())))
    return { item: 'later' };
  const { free } = await runsOf(context, event, rule.record.id);
  const started = await startRun(batch, sources, { rule, event: eventFactsOf(event), runId: free, origin: 'skipped' });
  if (started.started === undefined) return { item: 'refused', message: whyNotNow[started.because] };
  await dropSkipped(batch, rule.record, [eventId]);
  return { item: 'done', runIds: [started.started] };
}

/** The runs a rule had for an event, oldest first, and the id of the next. */
export async function runsOf(
  { batch }: CommandContext,
  event: RecordEnvelope,
  ruleId: string,
): Promise<{ runs: RecordEnvelope[]; free: string }> {
  const runs: RecordEnvelope[] = [];
  for (let round = 0; ; round += 1) {
    const id = runIdOf(event.id, Date.parse(event.createdAt), ruleId, round);
    await batch.load([id]);
    const run = living(batch.get(id), 'run');
    if (!run) return { runs, free: id };
    runs.push(run);
  }
}

export const whyNotNow: Readonly<Record<NotNow, string>> = {
  limit: 'The rule has reached its execution limit. Raise the limit to run it again.',
  cooldown: 'The rule rests between two runs. Try again when its cooldown is over.',
  single: 'A run of this rule goes on, and it allows one at a time. Wait for its end, or stop it.',
};
