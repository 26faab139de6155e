import { accessTargetOf, decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { isJsonObject, jsonEqual } from '#shared/kernel/json.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
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
  // Whoever ends another's order may not have seen the data given with it.
  const [given, sent] =
    after.status === 'aborted' ? [withoutData(before.body), withoutData(after.body)] : [before.body, after.body];
  if (after.kind === 'command' && !sameOrder(given, sent))
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

function withoutData(body: JsonObject): JsonObject {
  const { args } = body;
  return isJsonObject(args) ? { ...body, args: { ...args, data: null } } : body;
}

function sameOrder(before: { [name: string]: unknown }, after: { [name: string]: unknown }): boolean {
  return jsonEqual(before['type'], after['type']) && jsonEqual(before['args'] ?? {}, after['args'] ?? {});
}
