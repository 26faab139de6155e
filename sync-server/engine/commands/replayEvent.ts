import { eventFactsOf } from '#shared/domain/automation/rules/eventFactsOf.ts';
import { takeFromQuota } from '../eventQuota.ts';
import { living } from '../livingRecord.ts';
import { rulesFor } from '../processEvents.ts';
import { retryRun } from '../retryRun.ts';
import { openRun } from '../runProgress.ts';
import type { KnownRule } from '../ruleBook.ts';
import { startRun } from '../startRun.ts';
import { may, notReachable } from './commandContext.ts';
import type { CommandContext, ItemOutcome } from './commandContext.ts';
import { mayNotGoOn, mayNotRunFor } from './stepRights.ts';
import { runsOf, whyNotNow } from './runCommands.ts';

interface ReplaySettings {
  ruleId: string;
  repeat: boolean;
}

type Plan = { rule: KnownRule; does: 'start'; runId: string } | { rule: KnownRule; does: 'retry'; runId: string };

/**
 * Runs the rules of now for an event of the past. A rule that ran for it with success, or still runs, is left alone and a
 * failed run goes on from its failed step, unless everything is to be repeated.
 */
export async function replayEvent(context: CommandContext, id: string, settings: ReplaySettings): Promise<ItemOutcome> {
  const { batch, sources } = context;
  const plans = await plansFor(context, id, settings);
  if (!Array.isArray(plans)) return plans;
  const starts = plans.filter(({ does }) => does === 'start').length;
  const event = living(batch.get(id), 'event');
  if (!event || plans.length === 0) return { item: 'skipped' };
  for (const plan of plans) {
    const open = plan.does === 'retry' ? await openRun(batch, sources.programs, plan.runId) : undefined;
    const refused = open ? mayNotGoOn(context, open) : mayNotRunFor(context, plan.rule, event);
    if (refused) return refused;
  }
  if (starts > sources.runsPerMinute)
    return { item: 'refused', message: `The event would start ${starts} runs, more than a tenant may in a minute.` };
  if (starts > 0 && !(await takeFromQuota(batch, event.tenantId, starts, sources.runsPerMinute, sources.clock())))
    return { item: 'later' };
  const runIds: string[] = [];
  let refusal = '';
  for (const { rule, does, runId } of plans) {
    if (does === 'retry') {
      if ((await retryRun(batch, sources, runId)) === 'taken_up') runIds.push(runId);
      continue;
    }
    const started = await startRun(batch, sources, { rule, event: eventFactsOf(event), runId, origin: 'replay' });
    if (started.started === undefined) refusal = `"${rule.record.body.name}": ${whyNotNow[started.because]}`;
    else runIds.push(runId);
  }
  if (runIds.length > 0) return { item: 'done', runIds };
  return refusal === '' ? { item: 'skipped' } : { item: 'refused', message: refusal };
}

/** How many runs a replay of the event would start or take up; nothing is changed. */
export async function estimateReplay(context: CommandContext, id: string, settings: ReplaySettings): Promise<number> {
  const plans = await plansFor(context, id, settings);
  return Array.isArray(plans) ? plans.length : 0;
}

async function plansFor(
  context: CommandContext,
  id: string,
  { ruleId, repeat }: ReplaySettings,
): Promise<Plan[] | ItemOutcome> {
  const { batch, sources } = context;
  await batch.load([id]);
  const event = living(batch.get(id), 'event');
  if (!event || !may(context, event)) return notReachable(context, 'event', id);
  const rules = await rulesFor(batch, sources, eventFactsOf(event), sources.clock());
  const plans: Plan[] = [];
  for (const rule of rules) {
    if (!rule.record.body.isActive || (ruleId !== '' && rule.record.id !== ruleId)) continue;
    const { runs, free } = await runsOf(context, event, rule.record.id);
    const last = runs.at(-1);
    const settled = runs.some(({ status }) => status === 'success' || status === 'running' || status === 'waiting');
    if (repeat || !last) plans.push({ rule, does: 'start', runId: free });
    else if (!settled) plans.push({ rule, does: 'retry', runId: last.id });
  }
  return plans;
}
