import type { JsonObject } from '../../kernel/json.ts';
import type * as z from 'zod';
import { isTombstone } from '../../records/envelope.ts';
import type { RecordEnvelope, RecordState } from '../../records/envelope.ts';
import { role } from '../../resources/access/role.ts';
import { staff } from '../../resources/access/staff.ts';
import type { ExpiredGrant, Grant, Principal } from './principal.ts';

export type RoleBody = z.infer<typeof role.body>;
export type StaffBody = z.infer<typeof staff.body>;

/** What a role's record says, by id; records that are deleted or not valid give nothing. */
export function rolesById(records: Iterable<RecordState>): Map<string, RoleBody> {
  const found = new Map<string, RoleBody>();
  for (const record of records) {
    if (record.kind !== role.kind || isTombstone(record)) continue;
    const body = role.body.safeParse(record.body);
    if (body.success) found.set(record.id, body.data);
  }
  return found;
}

/** What a role gives whoever holds it. */
export function grantOf(held: Pick<RoleBody, 'key' | 'permissions' | 'tenants' | 'fieldRules'>, expiresAt = ''): Grant {
  return {
    role: held.key,
    permissions: held.permissions,
    tenants: held.tenants.length > 0 ? held.tenants : '*',
    fieldRules: held.fieldRules,
    ...(expiresAt === '' ? {} : { expiresAt }),
  };
}

/** A person as the records of staff and roles make them. */
export interface PrincipalSource {
  /** The person's record of kind `staff`; `body` as it is stored. */
  staff: Pick<RecordEnvelope, 'id' | 'status'> & { body: StaffBody | JsonObject };
  /** By id of the role's record. */
  roles: ReadonlyMap<string, RoleBody>;
  /** Milliseconds since the epoch. */
  now: number;
}

/** Rights as of `now`, expired roles apart from those that count; undefined for disabled staff. */
export function principalFor({ staff: person, roles, now }: PrincipalSource): Principal | undefined {
  if (person.status !== 'active') return undefined;
  const body = staff.body.safeParse(person.body);
  return body.success ? principalOf(person.id, body.data, roles, now) : undefined;
}

/** As `principalFor`, for an active person whose record was read before. */
export function principalOf(id: string, body: StaffBody, roles: ReadonlyMap<string, RoleBody>, now: number): Principal {
  const grants: Grant[] = [];
  const expired: ExpiredGrant[] = [];
  for (const held of body.roles) {
    const found = roles.get(held.roleId);
    if (!found) continue;
    const grant = grantOf(found, held.expiresAt);
    if (hasExpired(grant, now)) expired.push({ ...grant, expiresAt: held.expiresAt });
    else grants.push(grant);
  }
  return {
    id,
    name: body.displayName,
    grants,
    assignedTenants: body.tenants,
    ...(expired.length > 0 ? { expired } : {}),
  };
}

/** The person with one role only and nothing else: what "view as this role" shows. */
export function principalOfRole(person: Principal, held: Parameters<typeof grantOf>[0]): Principal {
  return { id: person.id, name: person.name, grants: [grantOf(held)], assignedTenants: person.assignedTenants };
}

/** The same person later, when some of the grants may have expired; the same object while none has. */
export function withoutExpired(principal: Principal, now: number): Principal {
  const over = principal.grants.filter((grant) => hasExpired(grant, now));
  if (over.length === 0) return principal;
  const expired = over.map((grant): ExpiredGrant => ({ ...grant, expiresAt: grant.expiresAt ?? '' }));
  return {
    ...principal,
    grants: principal.grants.filter((grant) => !hasExpired(grant, now)),
    expired: [...(principal.expired ?? []), ...expired],
  };
}

/** When the next of the grants expires, in milliseconds since the epoch; undefined = none does. */
export function nextExpiry(principal: Principal): number | undefined {
  const moments = principal.grants.flatMap(({ expiresAt }) => (expiresAt === undefined ? [] : [Date.parse(expiresAt)]));
  return moments.length === 0 ? undefined : Math.min(...moments);
}

function hasExpired({ expiresAt }: Grant, now: number): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= now;
}
