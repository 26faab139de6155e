import { decideAccess } from '#shared/domain/access/decideAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { Reach } from '#shared/replica/listRequest.ts';

/** Nobody made, holds or is assigned anything under this id. */
const nobody = '\u0000';

/**
 * Where a person may view records of a resource, as a list can ask it. For every record it says what `decideAccess` says
 * of `<permission>.view`; each grant is asked by that decision itself, so there is no second rule to keep alike.
 */
export function reachOf(principal: Principal, resource: Pick<Resource, 'permission'>): Reach[] {
  const permission = `${resource.permission}.view`;
  return principal.grants.flatMap((grant): Reach[] => {
    const alone: Principal = { ...principal, grants: [grant] };
    const stranger: Principal = { ...alone, id: nobody, assignedTenants: [] };
    const own = { createdBy: principal.id };
    const within = grant.tenants === '*' ? 'any' : grant.tenants[0];
    const places: Reach[] = [];
    const ownPart = { id: principal.id, tenants: [...principal.assignedTenants] };
    if (within !== undefined && decideAccess(alone, permission, { tenantId: within, ...own }).allowed)
      places.push({
        tenants: grant.tenants,
        own: decideAccess(stranger, permission, { tenantId: within }).allowed ? null : ownPart,
      });
    if (grant.tenants !== '*' && decideAccess(alone, permission, { tenantId: '', ...own }).allowed)
      places.push({
        tenants: [''],
        own: decideAccess(stranger, permission, { tenantId: '' }).allowed ? null : ownPart,
      });
    return places;
  });
}
