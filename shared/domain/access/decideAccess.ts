import type { RecordState } from '../../records/envelope.ts';
import { isTombstone } from '../../records/envelope.ts';
import type { Grant, Principal } from './principal.ts';

/** The part of a record that permissions look at. */
export interface AccessTarget {
  tenantId: string;
  createdBy?: string;
  assignedTo?: string;
}

export type AccessDecision =
  | { allowed: true; role: string; permission: string }
  | { allowed: false; reason: 'no_grant' | 'other_tenant' | 'not_owner'; permission: string };

/**
 * Platform records of these resources are catalogues that every tenant's staff work with, so a grant limited to some
 * tenants still shows them. It never lets anyone change them.
 */
const sharedCatalogues = new Set([
  'automation',
  'programmes',
  'flags',
  'plugins',
  'notifications',
  'tasks',
  'approvals',
  'commands',
]);

/** True when a granted pattern (`*`, `resource.*`, `resource.verb`) covers the permission. */
export function permissionMatches(pattern: string, permission: string): boolean {
  if (pattern === '*' || pattern === permission) return true;
  return pattern.endsWith('.*') && permission.startsWith(pattern.slice(0, -1));
}

/**
 * The one permission decision, deny by default. `view` without `view_all` covers what the person made, is assigned, or
 * what belongs to a tenant they are assigned to. The answer says which role allowed it or what stood in the way.
 */
export function decideAccess(principal: Principal, permission: string, target: AccessTarget): AccessDecision {
  const [resource = '', verb = ''] = permission.split('.');
  let reason: 'no_grant' | 'other_tenant' | 'not_owner' = 'no_grant';
  for (const grant of principal.grants) {
    if (!holds(grant, permission)) continue;
    if (!coversTenant(grant, resource, verb, target.tenantId)) {
      if (reason === 'no_grant') reason = 'other_tenant';
      continue;
    }
    if (verb !== 'create' && !holds(grant, `${resource}.view_all`) && !owns(principal, target)) {
      reason = 'not_owner';
      continue;
    }
    return { allowed: true, role: grant.role, permission };
  }
  return { allowed: false, reason, permission };
}

function holds(grant: Grant, permission: string): boolean {
  return grant.permissions.some((pattern) => permissionMatches(pattern, permission));
}

function coversTenant(grant: Grant, resource: string, verb: string, tenantId: string): boolean {
  if (grant.tenants === '*') return true;
  if (tenantId !== '') return grant.tenants.includes(tenantId);
  return verb === 'view' && sharedCatalogues.has(resource);
}

function owns(principal: Principal, target: AccessTarget): boolean {
  return (
    target.createdBy === principal.id ||
    target.assignedTo === principal.id ||
    (target.tenantId !== '' && principal.assignedTenants.includes(target.tenantId))
  );
}

/** What permissions look at in a record; a tombstone has no owner. */
export function accessTargetOf(record: RecordState): AccessTarget {
  if (isTombstone(record)) return { tenantId: record.tenantId };
  return { tenantId: record.tenantId, createdBy: record.createdBy, assignedTo: record.assignedTo };
}

/** Tenants the person's view grants reach together; `'*'` when any grant reaches all. */
export function tenantScope(principal: Principal): '*' | string[] {
  const reached = new Set<string>();
  for (const grant of principal.grants) {
    if (grant.tenants === '*') return '*';
    for (const tenantId of grant.tenants) reached.add(tenantId);
  }
  return [...reached].sort();
}

/** Every permission pattern the person holds anywhere, sorted, for display and for hiding what can never be used. */
export function heldPatterns(principal: Principal): string[] {
  return [...new Set(principal.grants.flatMap((grant) => grant.permissions))].sort();
}

/** True when the person holds the permission for at least some record. */
export function holdsAnywhere(principal: Principal, permission: string): boolean {
  return principal.grants.some((grant) => holds(grant, permission));
}
