import { unreachable } from '#shared/kernel/exhaustive.ts';
import { dropSkipped } from '../skippedEvents.ts';
import { notReachable } from './commandContext.ts';
import type { CommandContext, ItemOutcome } from './commandContext.ts';
import type { GivenCommand } from './commandItems.ts';
import { editEvent, ignoreEvent, retryEvent } from './eventCommands.ts';
import { estimateReplay, replayEvent } from './replayEvent.ts';
import { reportExport } from './reportExport.ts';
import { cancelOneRun, reachRule, retryOneRun, runRule, runSkippedEvent } from './runCommands.ts';

/** Does what a command says for one of the things it names. */
export async function workItem(context: CommandContext, command: GivenCommand, id: string): Promise<ItemOutcome> {
  switch (command.type) {
    case 'replayEvents':
      return replayEvent(context, id, command.args);
    case 'retryRuns':
      return retryOneRun(context, id);
    case 'cancelRuns':
      return cancelOneRun(context, id, command.args.reason);
    case 'retryEvents':
      return retryEvent(context, id);
    case 'editEvent':
      return editEvent(context, command.args);
    case 'ignoreEvents':
      return ignoreEvent(context, id, command.args.reason);
    case 'reportExport':
      return reportExport(context, command.args);
    case 'runRule':
      return runRule(context, command.args);
    case 'runSkipped':
    case 'discardSkipped': {
      const rule = reachRule(context, command.args.ruleId);
      if (!rule) return notReachable(context, 'rule', command.args.ruleId);
      if (command.type === 'runSkipped') return runSkippedEvent(context, rule, id);
      await dropSkipped(context.batch, rule.record, [id]);
      return { item: 'done' };
    }
    default:
      return unreachable(command);
  }
}

/** How many runs the item would make, for a command that only estimates; undefined for one that works. */
export async function estimateItem(
  context: CommandContext,
  command: GivenCommand,
  id: string,
): Promise<number | undefined> {
  if (command.type !== 'replayEvents' || !command.args.estimateOnly) return undefined;
  return estimateReplay(context, id, command.args);
}
