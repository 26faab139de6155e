import { accessTargetOf, decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { isJsonObject, jsonEqual } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';

/**
 * The push as it is decided: whoever ends another's order may not have seen the data given with it (`recordView.ts` keeps them
 * back as `{}`), so these stay as they were given.
 */
export function withDataGiven(before: RecordState | undefined, doc: RecordState): RecordState {
  if (!before || isTombstone(before) || isTombstone(doc) || before.kind !== 'command' || doc.kind !== 'command')
    return doc;
  const [given, sent] = [before.body['args'], doc.body['args']];
  if (doc.status !== 'aborted' || !isJsonObject(given) || !isJsonObject(sent)) return doc;
  if (!isJsonObject(given['data']) || !jsonEqual({ ...given, data: {} }, sent)) return doc;
  return { ...doc, body: { ...doc.body, args: given } };
}

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
