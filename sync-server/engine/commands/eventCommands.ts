import { recordViewOf } from '#shared/domain/access/recordView.ts';
import type { CommandArguments } from '#shared/domain/automation/commands.ts';
import { anything } from '#shared/domain/automation/run/aboutStep.ts';
import { checkEventData } from '#shared/domain/automation/events/checkEventData.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { textIn } from '#shared/records/readBody.ts';
import type { About } from '#shared/resources/events/about.ts';
import { countMove } from '../engineCounts.ts';
import { living } from '../livingRecord.ts';
import { changedByServer } from '../serverRecord.ts';
import { may, notReachable, writeFor } from './commandContext.ts';
import type { CommandContext, ItemOutcome } from './commandContext.ts';
import { mayNotProcess } from './stepRights.ts';

/** A failed or ignored event is pending again; one that is pending already gets another job, should its own be lost. */
export async function retryEvent(context: CommandContext, id: string): Promise<ItemOutcome> {
  const event = await reach(context, id);
  if (!event) return notReachable(context, 'event', id);
  if (event.status === 'processed') return { item: 'skipped' };
  const refused = await mayNotProcess(context, event);
  if (refused) return refused;
  if (event.status === 'pending' || event.status === 'processing') processAgain(context, event);
  else await makePending(context, event, {});
  return { item: 'done' };
}

/** New data for an event that could not be processed. */
export async function editEvent(
  context: CommandContext,
  { eventId, data }: CommandArguments<'editEvent'>,
): Promise<ItemOutcome> {
  const event = await reach(context, eventId);
  if (!event) return notReachable(context, 'event', eventId);
  if (event.status !== 'failed' && event.status !== 'ignored')
    return {
      item: 'refused',
      message: `Only failed and ignored events can be edited; this one is ${event.status}.`,
    };
  if (recordViewOf(context.principal).redact(event) !== event)
    return { item: 'refused', message: 'Some of what this event tells is kept from you, so you cannot write it anew.' };
  const name = `${textIn(event.body, 'module')}.${textIn(event.body, 'code')}`;
  const type = context.sources.book.type(name);
  const checked = type ? checkEventData(type.dataSchema, data) : undefined;
  if (checked && !checked.ok) {
    const { path, message } = checked.error;
    return { item: 'refused', message: `'${path}' does not fit the event type '${name}': ${message}` };
  }
  const refused = await mayNotProcess(context, { ...event, body: { ...event.body, data } });
  if (refused) return refused;
  await makePending(context, event, { data, about: [anything] });
  return { item: 'done' };
}

/** A failed event that nobody will retry. */
export async function ignoreEvent(context: CommandContext, id: string, reason: string): Promise<ItemOutcome> {
  const event = await reach(context, id);
  if (!event) return notReachable(context, 'event', id);
  if (event.status === 'ignored') return { item: 'skipped' };
  if (event.status !== 'failed')
    return { item: 'refused', message: `Only failed events can be ignored; ${id} is ${event.status}.` };
  const after = changedByServer(event, context.sources.clock(), { status: 'ignored' });
  await writeFor(context, after, reason);
  await countMove(context.batch, event, after);
  return { item: 'done' };
}

async function reach(context: CommandContext, id: string): Promise<RecordEnvelope | undefined> {
  await context.batch.load([id]);
  const event = living(context.batch.get(id), 'event');
  return event && may(context, event) ? event : undefined;
}

async function makePending(
  context: CommandContext,
  event: RecordEnvelope,
  change: Partial<Pick<CommandArguments<'editEvent'>, 'data'>> & { about?: About[] },
): Promise<void> {
  const body = { ...change, failure: '', error: '' };
  const after = changedByServer(event, context.sources.clock(), { status: 'pending', body });
  await writeFor(context, after);
  await countMove(context.batch, event, after);
  processAgain(context, after);
}

function processAgain({ batch, commandId }: CommandContext, { id, tenantId }: RecordEnvelope): void {
  batch.enqueue('processEvents', { eventIds: [id] }, { id: `process:${commandId}:${id}`, tenantId });
}
