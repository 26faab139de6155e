import { permissionMatches } from '../access/decideAccess.ts';
import type { Grant, Principal } from '../access/principal.ts';

/**
 * Whether somebody holds everything that another person holds, so that letting them into that person's account gives them
 * nothing: each permission of the other, for each tenant, with no field hidden that the other sees.
 */
export function holdsAllOf(actor: Principal, other: Principal): boolean {
  return other.grants.every((grant) => grant.permissions.every((pattern) => covers(actor, grant, pattern)));
}

function covers(actor: Principal, wanted: Grant, pattern: string): boolean {
  const fitting = actor.grants.filter(
    (grant) => grant.permissions.some((held) => permissionMatches(held, pattern)) && hidesNoMore(grant, wanted),
  );
  if (fitting.some((grant) => grant.tenants === '*')) return true;
  const tenants = new Set(fitting.flatMap((grant) => (grant.tenants === '*' ? [] : grant.tenants)));
  return wanted.tenants !== '*' && wanted.tenants.every((tenant) => tenants.has(tenant));
}

function hidesNoMore(grant: Grant, wanted: Grant): boolean {
  return grant.fieldRules.every((rule) =>
    wanted.fieldRules.some(
      (other) =>
        other.resource === rule.resource &&
        other.field === rule.field &&
        (other.access === 'hidden' || other.access === rule.access),
    ),
  );
}
