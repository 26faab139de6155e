import { resources } from '../../resources/registry.ts';
import type { RoleRights } from './accessTypes.ts';
import { permissionMatches } from './decideAccess.ts';
import { fieldUse } from './fieldAccess.ts';
import type { FieldRule, Grant, Principal } from './principal.ts';

/** Where a permission reaches. */
export interface Place {
  tenants: Grant['tenants'];
  /** Only what is the person's own there. */
  own: boolean;
}

/** Where the person may use a permission, or all that a pattern stands for. */
export function placesOf(principal: Pick<Principal, 'grants'>, pattern: string): Place[] {
  const [resource = ''] = pattern.split('.');
  return principal.grants.flatMap((grant) => {
    const holds = (wanted: string) => grant.permissions.some((held) => permissionMatches(held, wanted));
    return holds(pattern) ? [{ tenants: grant.tenants, own: pattern !== '*' && !holds(`${resource}.view_all`) }] : [];
  });
}

/** Every place of `these` lies within the places of `others`. */
export function placesCover(others: readonly Place[], these: readonly Place[]): boolean {
  return these.every((place) => {
    const wide = others.filter((other) => place.own || !other.own);
    if (wide.some((other) => other.tenants === '*')) return true;
    if (place.tenants === '*') return false;
    return place.tenants.every((tenant) => wide.some((other) => other.tenants.includes(tenant)));
  });
}

/**
 * What a role gives that this person does not hold: patterns, and fields as `resource.field` that it shows or opens and
 * theirs do not. Empty = they hold all of it. Permissions of later versions, which a wildcard covers, count as well.
 */
export function beyond(principal: Principal, role: RoleRights): string[] {
  const given: Grant = {
    role: '',
    permissions: [...role.permissions],
    tenants: role.tenants.length > 0 ? [...role.tenants] : '*',
    fieldRules: [...role.fieldRules],
  };
  const patterns = role.permissions.filter(
    (pattern) => !placesCover(placesOf(principal, pattern), placesOf({ grants: [given] }, pattern)),
  );
  return [...patterns, ...fieldsBeyond(principal, given)];
}

const order: Readonly<Record<'edit' | FieldRule['access'], number>> = { hidden: 0, read_only: 1, edit: 2 };

function fieldsBeyond(principal: Principal, given: Grant): string[] {
  const limited = new Map(
    principal.grants.flatMap((grant) => grant.fieldRules).map((rule) => [`${rule.resource}.${rule.field}`, rule]),
  );
  const other = { id: '', name: '', grants: [given], assignedTenants: [] };
  return [...limited].flatMap(([name, { resource, field }]) => {
    const kind = resources.find((one) => one.permission === resource && field in one.body.shape);
    const sees = given.permissions.some((pattern) => permissionMatches(pattern, `${resource}.view`));
    if (!kind || !sees) return [];
    const tenants = given.tenants === '*' ? ['-'] : given.tenants;
    const opens = tenants.some((tenantId) => {
      const theirs = fieldUse(other, kind, { tenantId, createdBy: '' }, field);
      return order[theirs] > order[fieldUse(principal, kind, { tenantId, createdBy: principal.id }, field)];
    });
    return opens ? [name] : [];
  });
}
