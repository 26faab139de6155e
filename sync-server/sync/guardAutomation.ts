import { accessTargetOf, decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { jsonEqual } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';

/**
 * What stands for somebody's decision stays theirs: a question is decided by who holds the permission it names, and the order
 * that a command is carries the rights of its giver, so nobody else may reword it.
 */
export function guardAutomation(
  principal: Principal,
  before: RecordState | undefined,
  after: RecordState,
): Problem | undefined {
  if (!before || isTombstone(before) || isTombstone(after)) return undefined;
  if (after.kind === 'command' && !sameOrder(before.body, after.body))
    return problemOf('forbidden', saying('command_stays'), { path: 'body.args' });
  if (after.kind !== 'approval' || before.status === after.status) return undefined;
  const permission = before.body['permission'];
  if (typeof permission !== 'string' || permission === '') return undefined;
  if (decideAccess(principal, permission, accessTargetOf(before)).allowed) return undefined;
  return problemOf('forbidden', saying('decision_needs_permission', { permission }), {
    path: 'status',
    details: { permission },
  });
}

function sameOrder(before: { [name: string]: unknown }, after: { [name: string]: unknown }): boolean {
  return jsonEqual(before['type'], after['type']) && jsonEqual(before['args'] ?? {}, after['args'] ?? {});
}
