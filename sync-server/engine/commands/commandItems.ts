import { parsePattern, patternMatches } from '#shared/domain/automation/patterns/eventPattern.ts';
import type { EventPattern } from '#shared/domain/automation/patterns/eventPattern.ts';
import type { AutomationCommand, CommandArguments } from '#shared/domain/automation/commands.ts';
import { eventFactsOf } from '#shared/domain/automation/rules/eventFactsOf.ts';
import { living } from '../livingRecord.ts';
import { skippedEvents } from '../skippedEvents.ts';
import { may } from './commandContext.ts';
import type { CommandContext } from './commandContext.ts';

/** A command with its arguments as they were checked. */
export type GivenCommand = {
  [Type in AutomationCommand]: { type: Type; args: CommandArguments<Type> };
}[AutomationCommand];

const eventsPerScan = 1000;
const idsPerPage = 500;

/** The next ids a command is about. `next` is where to go on, undefined when these were the last. */
export async function gatherItems(
  context: CommandContext,
  command: GivenCommand,
  from: string,
): Promise<{ ids: readonly string[]; next: string | undefined }> {
  switch (command.type) {
    case 'replayEvents': {
      const { args } = command;
      if ('eventIds' in args) return { ids: args.eventIds, next: undefined };
      return scanEvents(context, args, Number(from));
    }
    case 'retryRuns':
    case 'cancelRuns':
      return { ids: command.args.runIds, next: undefined };
    case 'retryEvents':
    case 'ignoreEvents':
      return { ids: command.args.eventIds, next: undefined };
    case 'editEvent':
      return { ids: [command.args.eventId], next: undefined };
    case 'reportExport':
      return { ids: [context.commandId], next: undefined };
    case 'runRule':
      return { ids: [command.args.ruleId], next: undefined };
    case 'runSkipped':
    case 'discardSkipped': {
      const ids = await skippedEvents(context.batch, command.args.ruleId, from, idsPerPage);
      return { ids, next: ids.length < idsPerPage ? undefined : ids.at(-1) };
    }
  }
}

/** Processed events of a stretch of time that the giver may reach, oldest first. */
async function scanEvents(
  context: CommandContext,
  args: { from: string; to: string; pattern: string; tenantId: string },
  after: number,
): Promise<{ ids: string[]; next: string | undefined }> {
  const pattern = parsePattern(args.pattern);
  const changes = await context.batch.reader.changesSince('events', after, eventsPerScan);
  const ids = changes.flatMap(({ read }) => {
    const event = living(read(), 'event');
    if (!event || event.status === 'pending' || event.status === 'processing') return [];
    const wanted = fits(event, args, pattern.ok ? pattern.value : undefined) && may(context, event);
    return wanted ? [event.id] : [];
  });
  return { ids, next: changes.length < eventsPerScan ? undefined : String(changes.at(-1)?.head.sequence ?? 0) };
}

function fits(
  event: Parameters<typeof eventFactsOf>[0],
  { from, to, tenantId }: { from: string; to: string; tenantId: string },
  pattern: EventPattern | undefined,
): boolean {
  if (!pattern || (tenantId !== '' && event.tenantId !== tenantId)) return false;
  const { name, occurredAt } = eventFactsOf(event);
  const at = Date.parse(occurredAt);
  return at >= Date.parse(from) && at < Date.parse(to) && patternMatches(pattern, name);
}
