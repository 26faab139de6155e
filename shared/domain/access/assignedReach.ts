import { decideAccess, heldPatterns } from './decideAccess.ts';
import { expandPatterns } from './permissionCatalogue.ts';
import type { Principal } from './principal.ts';

/** What everybody reads of their own, and hardly anybody of others: no reason to keep somebody out of a tenant. */
const personal: ReadonlySet<string> = new Set(['notifications.view', 'notifications.edit']);

/**
 * Permissions that somebody has for whole tenants because these are assigned to them, which `principal` has not there. With
 * `before`, what the same person had earlier: only what they have newly. Empty = nothing.
 */
export function beyondAssigned(principal: Principal, other: Principal, before?: Principal): string[] {
  if (other.assignedTenants.length === 0) return [];
  const permissions = expandPatterns(heldPatterns(other)).filter((one) => !personal.has(one));
  const has = (person: Principal, permission: string, tenantId: string) =>
    decideAccess(person, permission, { tenantId }).allowed;
  return permissions.filter((permission) =>
    other.assignedTenants.some(
      (tenantId) =>
        has(other, permission, tenantId) &&
        !(before && has(before, permission, tenantId)) &&
        !has(principal, permission, tenantId),
    ),
  );
}
