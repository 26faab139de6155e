import type { RecordState } from '../../records/envelope.ts';
import { isTombstone } from '../../records/envelope.ts';
import type { AccessExplanation, DecisionStep } from './accessTypes.ts';
import type { ExpiredGrant, Grant, Principal } from './principal.ts';

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

/** Resources without records: nobody owns anything of them, so `view_all` has nothing to add. */
export const resourcesWithoutRecords: readonly string[] = ['dashboard', 'settings', 'reports'];
const unowned = new Set(resourcesWithoutRecords);

/** True when a granted pattern (`*`, `resource.*`, `resource.verb`) covers the permission. */
export function permissionMatches(pattern: string, permission: string): boolean {
  if (pattern === '*' || pattern === permission) return true;
  return pattern.endsWith('.*') && permission.startsWith(pattern.slice(0, -1));
}

type Allowed = Extract<DecisionStep, { outcome: 'allowed' }>;
const rank = { not_held: 0, other_tenant: 1, not_owner: 2 } as const;

/**
 * The one walk of a decision: the grants in order until one allows. `note` hears of every grant on the way. Answers what
 * allowed it, or the refusal that came closest.
 */
function walk(
  principal: Principal,
  permission: string,
  target: AccessTarget,
  note?: (step: DecisionStep) => void,
): Allowed | keyof typeof rank {
  const dot = permission.indexOf('.');
  const resource = permission.slice(0, dot);
  const verb = permission.slice(dot + 1);
  let closest: keyof typeof rank = 'not_held';
  for (const grant of principal.grants) {
    const pattern = patternFor(grant, permission);
    if (pattern === undefined) {
      note?.({ outcome: 'not_held', role: grant.role });
      continue;
    }
    const reach = reachOf(grant, resource, verb, target.tenantId);
    if (reach === 'none') {
      if (rank[closest] < rank.other_tenant) closest = 'other_tenant';
      const tenants = grant.tenants === '*' ? [] : [...grant.tenants];
      note?.({ outcome: 'other_tenant', role: grant.role, pattern, tenants });
      continue;
    }
    const because = ownershipOf(principal, grant, resource, verb, target);
    if (because === undefined) {
      closest = 'not_owner';
      note?.({ outcome: 'not_owner', role: grant.role, pattern });
      continue;
    }
    const step: Allowed = {
      outcome: 'allowed',
      role: grant.role,
      pattern,
      because: reach === 'shared' && because === 'view_all' ? 'shared' : because,
    };
    note?.(step);
    return step;
  }
  return closest;
}

/**
 * The one permission decision, deny by default. `view` without `view_all` covers what the person made, is assigned, or
 * what belongs to a tenant they are assigned to. The answer says which role allowed it or what stood in the way.
 */
export function decideAccess(principal: Principal, permission: string, target: AccessTarget): AccessDecision {
  const end = walk(principal, permission, target);
  if (typeof end !== 'string') return { allowed: true, role: end.role, permission };
  return { allowed: false, reason: end === 'not_held' ? 'no_grant' : end, permission };
}

/**
 * The same decision with every step of it. Roles that the person held until they expired are named before what decided,
 * where they would have allowed it. `held` replaces the expired grants the principal brings along.
 */
export function explainAccess(
  principal: Principal,
  permission: string,
  target: AccessTarget,
  held: readonly ExpiredGrant[] = principal.expired ?? [],
): AccessExplanation {
  const steps: DecisionStep[] = [];
  const end = walk(principal, permission, target, (step) => steps.push(step));
  if (typeof end !== 'string') return { allowed: true, permission, steps };
  const lapsed = held
    .filter((grant) => typeof walk({ ...principal, grants: [grant] }, permission, target) !== 'string')
    .map(({ role, expiresAt }): DecisionStep => ({ outcome: 'expired', role, expiredAt: expiresAt }));
  return { allowed: false, permission, steps: [...steps, ...lapsed] };
}

function patternFor(grant: Grant, permission: string): string | undefined {
  for (const pattern of grant.permissions) if (permissionMatches(pattern, permission)) return pattern;
  return undefined;
}

function reachOf(grant: Grant, resource: string, verb: string, tenantId: string): 'whole' | 'shared' | 'none' {
  if (grant.tenants === '*') return 'whole';
  if (tenantId !== '') return grant.tenants.includes(tenantId) ? 'whole' : 'none';
  return verb === 'view' && sharedCatalogues.has(resource) ? 'shared' : 'none';
}

function ownershipOf(
  principal: Principal,
  grant: Grant,
  resource: string,
  verb: string,
  target: AccessTarget,
): Allowed['because'] | undefined {
  if (verb === 'create' || unowned.has(resource)) return 'unowned';
  if (patternFor(grant, `${resource}.view_all`) !== undefined) return 'view_all';
  if (target.createdBy === principal.id) return 'created';
  if (target.assignedTo === principal.id) return 'assigned';
  return target.tenantId !== '' && principal.assignedTenants.includes(target.tenantId) ? 'own_tenant' : undefined;
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
  return principal.grants.some((grant) => patternFor(grant, permission) !== undefined);
}
