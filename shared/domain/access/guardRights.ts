import type { Problem } from '../../kernel/errors.ts';
import { jsonEqual } from '../../kernel/json.ts';
import { problemOf, saying } from '../../kernel/sentences/sentence.ts';
import type { Saying, SentenceKey } from '../../kernel/sentences/sentence.ts';
import { isTombstone } from '../../records/envelope.ts';
import type { RecordEnvelope, RecordState } from '../../records/envelope.ts';
import { role } from '../../resources/access/role.ts';
import { staff } from '../../resources/access/staff.ts';
import type { RoleRights } from './accessTypes.ts';
import { beyondAssigned } from './assignedReach.ts';
import { accessTargetOf, decideAccess, permissionMatches, tenantScope } from './decideAccess.ts';
import type { Principal } from './principal.ts';
import { principalFor } from './principalFor.ts';
import type { RoleBody, StaffBody } from './principalFor.ts';
import { beyond } from './reach.ts';

/** All staff and roles there are when a change of rights is decided. */
export interface RightsWorld {
  /** By id. */
  roles: ReadonlyMap<string, RoleBody>;
  /** Living records of kind `staff`. */
  staff: readonly RecordEnvelope[];
  /** Milliseconds since the epoch. */
  now: number;
}

export interface RightsChange {
  principal: Principal;
  before: RecordState | undefined;
  after: RecordState;
  /** Given with the write; stands for the reason of a grant that has none of its own. */
  reason?: string;
  world: RightsWorld;
}

/** Fields of a role that say what it gives, and the key that grants and rules know it by. */
const contents = ['key', 'permissions', 'tenants', 'fieldRules'] as const;

/** Whether a write gives or takes rights: then it is `roles.manage` that allows it. */
export function changesRights(before: RecordState | undefined, after: RecordState): boolean {
  const stored = alive(before);
  if (after.kind === role.kind)
    return isTombstone(after) || !stored || contents.some((name) => differs(stored, after, name));
  return after.kind === staff.kind && !isTombstone(after) && heldDiffer(stored, after);
}

/** Whether a write changes who gets into a person's account, or what is theirs there: then it takes `staff.manage`. */
export function changesAccount(before: RecordState | undefined, after: RecordState): boolean {
  const stored = alive(before);
  if (after.kind !== staff.kind || !stored) return false;
  if (isTombstone(after) || stored.status !== after.status) return true;
  return ['email', 'tenants'].some((name) => differs(stored, after, name));
}

/** Whether `guardRights` has anything to say about a write: only then it needs to know the world. */
export function concernsRights(before: RecordState | undefined, after: RecordState): boolean {
  if (after.kind === role.kind) return changesRights(before, after) || alive(before)?.body['isSystem'] === true;
  if (after.kind !== staff.kind) return false;
  const stored = alive(before);
  if (isTombstone(after) || !stored) return true;
  return stored.status !== after.status || ['roles', 'tenants', 'email'].some((name) => differs(stored, after, name));
}

/**
 * What no role lifts: nobody changes their own rights, gives more than they hold, or touches who holds more; system roles
 * stay, a role in use stays, and one super administrator always stays. Undefined = nothing against it.
 */
export function guardRights(change: RightsChange): Problem | undefined {
  if (!concernsRights(change.before, change.after)) return undefined;
  return change.after.kind === role.kind ? guardRole(change) : guardStaff(change);
}

/** What the other person holds that this one does not; whoever acts on an account must hold all that it opens. */
export function holdsMore(other: Principal, principal: Principal): string[] {
  const given = other.grants.flatMap((grant) =>
    beyond(principal, { ...grant, tenants: grant.tenants === '*' ? [] : grant.tenants }),
  );
  return [...given, ...beyondAssigned(principal, other)];
}

function guardRole({ principal, before, after, world, reason = '' }: RightsChange): Problem | undefined {
  const stored = alive(before);
  if (stored?.body['isSystem'] === true) return refuse('', saying('system_role_stays'));
  if (!managesRoles(principal)) return needs('permission_for_roles', 'roles.manage', 'body.permissions');
  const held = world.roles.get(after.id);
  // By id: an earlier write of the same push may have given the role another key.
  const own = world.staff.find((one) => one.id === principal.id);
  if (held && own && rolesOf(own).some((one) => one.roleId === after.id && isInForce(one, world.now)))
    return refuse('body.permissions', saying('own_role'));
  const next = isTombstone(after) ? undefined : role.body.safeParse(after.body);
  const exceeding = [held, next?.success ? next.data : undefined].flatMap((one) => (one ? beyond(principal, one) : []));
  if (exceeding.length > 0) return exceeds('body.permissions', exceeding);
  const opens = held && held.tenants.length > 0 && next?.success && next.data.tenants.length === 0;
  if (opens && (tenantScope(principal) !== '*' || reason.trim() === ''))
    return problemOf('invalid', saying('opens_all_tenants'), { path: 'body.tenants' });
  if (!isTombstone(after)) return undefined;
  const holders = world.staff.filter((one) => rolesOf(one).some((entry) => entry.roleId === after.id));
  if (holders.length === 0) return undefined;
  const count = holders.length;
  return problemOf('invalid', saying('role_in_use', { count }), { path: 'body.key', details: { holders: count } });
}

function guardStaff(change: RightsChange): Problem | undefined {
  const { principal, before, after, world } = change;
  const stored = alive(before);
  const next = alive(after);
  if (after.id === principal.id) {
    const own = stored && next && stored.status === next.status;
    if (!own || ['roles', 'tenants'].some((name) => differs(stored, next, name)))
      return refuse('body.roles', saying('own_rights'));
    return guardAccount(change);
  }
  if (changesRights(before, after) && !managesRoles(principal))
    return needs('permission_for_grants', 'roles.manage', 'body.roles');
  const unmanaged = guardAccount(change);
  if (unmanaged) return unmanaged;
  // Who acts on an account acts on all that it opens; who gives or takes a role, on that role.
  const account = !stored || !next || stored.status !== next.status || differs(stored, next, 'email');
  const kept = next ? rolesOf(next) : [];
  const touched = (stored ? rolesOf(stored) : []).filter(
    (one) => isInForce(one, world.now) && (account || !kept.some((other) => jsonEqual(one, other))),
  );
  const earlier = stored && personOf(stored, world);
  const above = touched.flatMap((one) => beyond(principal, rightsOf(world, one.roleId)));
  if (account && earlier) above.push(...beyondAssigned(principal, earlier));
  if (above.length > 0) return exceeds('body.roles', above);
  return (next && guardGrants(change, stored, next)) ?? guardTenants(change, earlier, next) ?? guardLast(change);
}

/** Roles that are new, or last longer than before. */
function guardGrants(
  { principal, world, reason = '' }: RightsChange,
  stored: RecordEnvelope | undefined,
  next: RecordEnvelope,
): Problem | undefined {
  const had = new Map((stored ? rolesOf(stored) : []).map((one) => [one.roleId, one]));
  for (const one of rolesOf(next)) {
    const earlier = had.get(one.roleId);
    if (earlier && jsonEqual(earlier, one)) continue;
    if (!world.roles.has(one.roleId)) return problemOf('invalid', saying('role_gone'), { path: 'body.roles' });
    const exceeding = beyond(principal, rightsOf(world, one.roleId));
    if (exceeding.length > 0) return exceeds('body.roles', exceeding);
    if (`${one.reason}${reason}`.trim() === '')
      return problemOf('invalid', saying('grant_needs_reason'), { path: 'body.roles' });
  }
  return undefined;
}

/** With a tenant, or a role that reaches into theirs, a person gets nothing there that the giver has not. */
function guardTenants(
  { principal, world }: RightsChange,
  earlier: Principal | undefined,
  next: RecordEnvelope | undefined,
): Problem | undefined {
  const later = next && personOf(next, world);
  const exceeding = later ? beyondAssigned(principal, later, earlier) : [];
  return exceeding.length === 0 ? undefined : exceeds('body.tenants', exceeding);
}

function guardAccount({ principal, before, after }: RightsChange): Problem | undefined {
  if (!changesAccount(before, after)) return undefined;
  return decideAccess(principal, 'staff.manage', accessTargetOf(alive(before) ?? after)).allowed
    ? undefined
    : needs('permission_for_accounts', 'staff.manage', 'body.email');
}

/** Who is super administrator for good; when nobody is, who is one for now. */
function guardLast({ before, after, world }: RightsChange): Problem | undefined {
  const top = [...world.roles].find(([, body]) => body.isSystem && body.key === 'super_admin')?.[0];
  if (top === undefined) return undefined;
  const holds = (person: RecordEnvelope, forGood: boolean) =>
    person.status === 'active' &&
    rolesOf(person).some((one) => one.roleId === top && (forGood ? one.expiresAt === '' : isInForce(one, world.now)));
  const stored = alive(before);
  const next = alive(after);
  const others = world.staff.filter((one) => one.id !== after.id);
  const forGood = others.some((one) => holds(one, true)) || (stored !== undefined && holds(stored, true));
  if (!stored || !holds(stored, forGood) || (next && holds(next, forGood))) return undefined;
  return others.some((one) => holds(one, forGood)) ? undefined : refuse('body.roles', saying('last_super_admin'));
}

type Held = StaffBody['roles'][number];

function rolesOf(person: RecordEnvelope): Held[] {
  const parsed = staff.body.shape.roles.safeParse(person.body['roles'] ?? []);
  return parsed.success ? parsed.data : [];
}

/** What the record makes of a person, also of one who is disabled: they may come back. */
function personOf({ id, body }: RecordEnvelope, { roles, now }: RightsWorld): Principal | undefined {
  return principalFor({ staff: { id, status: 'active', body }, roles, now });
}

function rightsOf(world: RightsWorld, roleId: string): RoleRights {
  return world.roles.get(roleId) ?? { permissions: [], tenants: [], fieldRules: [] };
}

function isInForce(held: Held, now: number): boolean {
  return held.expiresAt === '' || Date.parse(held.expiresAt) > now;
}

function managesRoles(principal: Principal): boolean {
  return principal.grants.some(
    (grant) => grant.tenants === '*' && grant.permissions.some((one) => permissionMatches(one, 'roles.manage')),
  );
}

function alive(record: RecordState | undefined): RecordEnvelope | undefined {
  return record && !isTombstone(record) ? record : undefined;
}

function differs(before: RecordEnvelope, after: RecordState, name: string): boolean {
  return !jsonEqual(before.body[name] ?? [], alive(after)?.body[name] ?? []);
}

function heldDiffer(before: RecordEnvelope | undefined, after: RecordEnvelope): boolean {
  return !jsonEqual(before?.body['roles'] ?? [], after.body['roles'] ?? []);
}

function refuse(path: string, says: Saying): Problem {
  return problemOf('forbidden', says, { path });
}

function needs(key: Extract<SentenceKey, `permission_for_${string}`>, permission: string, path: string): Problem {
  return problemOf('forbidden', saying(key, { permission }), { path, details: { permission } });
}

function exceeds(path: string, exceeding: readonly string[]): Problem {
  const named = [...new Set(exceeding)];
  const says = saying('beyond_own_rights', { permissions: named.slice(0, 5) });
  return problemOf('forbidden', says, { path, details: { beyond: named.slice(0, 50) } });
}
