import { heldPatterns, permissionMatches } from '#shared/domain/access/decideAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { jsonEqual } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';

/** Rules about rights that no role lifts: nobody changes their own, and system roles stay. */
export function guardAccess(
  principal: Principal,
  before: RecordState | undefined,
  after: RecordState,
): Problem | undefined {
  const stored = before && !isTombstone(before) ? before : undefined;
  if (after.kind === 'role' && stored?.body['isSystem'] === true) {
    return { code: 'forbidden', message: 'System roles cannot be changed or deleted. Create a role of your own.' };
  }
  if (after.kind !== 'staff') return undefined;
  const changesRights =
    isTombstone(after) ||
    !stored ||
    stored.status !== after.status ||
    !jsonEqual(stored.body['roles'] ?? [], after.body['roles'] ?? []);
  if (!changesRights) return undefined;
  if (after.id === principal.id)
    return {
      code: 'forbidden',
      path: 'body.roles',
      message: 'Nobody changes their own rights. Ask another administrator.',
    };
  const mayGrant = heldPatterns(principal).some((pattern) => permissionMatches(pattern, 'roles.manage'));
  const grants = !isTombstone(after) && !jsonEqual(stored?.body['roles'] ?? [], after.body['roles'] ?? []);
  return grants && !mayGrant
    ? {
        code: 'forbidden',
        path: 'body.roles',
        message: "You need the permission 'roles.manage' to give or take roles. Ask a super administrator.",
      }
    : undefined;
}
