import type { Principal } from '#shared/domain/access/principal.ts';
import { accessTargetOf, decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { EngineBatch } from '../ports.ts';
import type { ProcessSources } from '../processEvents.ts';

export type CommandSources = ProcessSources;

/** One command as its pieces know it, within one transaction. */
export interface CommandContext {
  batch: EngineBatch;
  sources: CommandSources;
  /** Who gave it, with the rights they hold now. */
  principal: Principal;
  commandId: string;
  /** When it was made, in milliseconds since the epoch. */
  givenAt: number;
  permission: string;
  /** They had proved who they are a moment before they gave it. */
  proved: boolean;
}

/** What became of one thing a command names. */
export type ItemOutcome =
  /** Runs that were started or taken up again. */
  | { item: 'done'; runIds?: readonly string[] }
  | { item: 'skipped' }
  | { item: 'refused'; message: string }
  /** Not now: the tenant's share of runs is used up for this minute. */
  | { item: 'later' };

/** True when the giver holds the command's permission for this record, now. */
export function may({ principal, permission }: CommandContext, record: RecordEnvelope): boolean {
  return decideAccess(principal, permission, accessTargetOf(record)).allowed;
}

/** The same answer for what is not there and what the giver may not reach, so that it reveals nothing. */
export function notReachable({ permission }: CommandContext, kind: string, id: string): ItemOutcome {
  const message = `There is no ${kind} '${id}' that you may change. It needs the permission '${permission}'.`;
  return { item: 'refused', message };
}

/** Stores what the giver changed, with its audit entry. */
export async function writeFor(context: CommandContext, after: RecordEnvelope, reason = ''): Promise<void> {
  const { batch, principal, commandId } = context;
  await batch.write({
    after: { ...after, updatedBy: principal.id },
    actor: { id: principal.id, name: principal.name },
    reason,
    madeAt: '',
    requestId: commandId,
  });
}
