import { decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { CommandArguments } from '#shared/domain/automation/commands.ts';
import { notReachable } from './commandContext.ts';
import type { CommandContext, ItemOutcome } from './commandContext.ts';

/** An export that a console made of its own copy, perhaps offline, becomes an entry of the log. */
export function reportExport(context: CommandContext, args: CommandArguments<'reportExport'>): ItemOutcome {
  const { batch, principal, permission, commandId, givenAt } = context;
  const { tenantId, format, entries, filter, exportedAt } = args;
  if (tenantId !== '' && !decideAccess(principal, permission, { tenantId }).allowed)
    return notReachable(context, 'tenant', tenantId);
  batch.note({
    actor: { id: principal.id, name: principal.name },
    tenantId,
    action: 'export',
    resource: 'auditEntry',
    changes: [
      { path: 'format', new: format },
      { path: 'entries', new: entries },
      { path: 'filter', new: filter },
      { path: 'source', new: 'console' },
      { path: 'exportedAt', new: exportedAt },
      { path: 'toldAt', new: new Date(givenAt).toISOString() },
    ],
    requestId: commandId,
  });
  return { item: 'done' };
}
