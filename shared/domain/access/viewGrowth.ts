import type { CollectionName, ReplicatedCollection } from '../../records/collections.ts';
import type { Resource } from '../../records/defineResource.ts';
import { permissionResources, resources } from '../../resources/registry.ts';
import { holdsAnywhere } from './decideAccess.ts';
import { hiddenFields } from './fieldAccess.ts';
import { allPermissions } from './permissionCatalogue.ts';
import type { Principal } from './principal.ts';
import { placesCover, placesOf } from './reach.ts';

/** Collections whose records repeat what others say, so that what is seen of them depends on rights to everything. */
const repeating: ReadonlySet<CollectionName> = new Set<ReplicatedCollection>(['audit', 'events', 'runs']);

export function repeatsOthers(collection: CollectionName): boolean {
  return repeating.has(collection);
}

/**
 * Whether `after` may see anything in a collection that `before` could not: a record, or a field of one. Never false where it
 * may; may be true where nothing of the kind exists. With the two exchanged: whether something may be lost.
 */
export function seesMore(before: Principal, after: Principal, collection: ReplicatedCollection): boolean {
  // Everybody with any right sees their own record of staff.
  if (collection === 'access' && before.grants.length === 0 && after.grants.length > 0) return true;
  const kinds = resources.filter((one) => one.collection === collection);
  if (!kinds.some((kind) => holdsAnywhere(after, `${kind.permission}.view`))) return false;
  const told = repeatsOthers(collection) ? resources : kinds;
  const permissions = repeatsOthers(collection) ? permissionResources : kinds.map((kind) => kind.permission);
  // What a question is about is for who may decide it.
  const decides = collection === 'runs' && allPermissions.some((one) => reachesFurther(before, after, one));
  return (
    decides ||
    permissions.some((permission) => reachesFurther(before, after, `${permission}.view`)) ||
    showsMore(before, after, told)
  );
}

function reachesFurther(before: Principal, after: Principal, permission: string): boolean {
  const [had, has] = [placesOf(before, permission), placesOf(after, permission)];
  if (!placesCover(had, has)) return true;
  const assigned = after.assignedTenants.some((id) => !before.assignedTenants.includes(id));
  return assigned && has.some((place) => place.own);
}

function showsMore(before: Principal, after: Principal, kinds: readonly Resource[]): boolean {
  if (!before.grants.some((grant) => grant.fieldRules.length > 0)) return false;
  const tenants = tenantsNamed(before, after);
  return kinds.some((kind) =>
    tenants.some((tenantId) =>
      [true, false].some((own) => {
        const hiddenFrom = (one: Principal) =>
          hiddenFields(one, kind, { tenantId, createdBy: own ? one.id : '', assignedTo: '' });
        const still = hiddenFrom(after);
        return hiddenFrom(before).some((name) => !still.includes(name));
      }),
    ),
  );
}

/** Tenants that either of the two is told apart by, the platform, and one that stands for all others. */
function tenantsNamed(...both: readonly Principal[]): string[] {
  const named = both.flatMap((one) => [
    ...one.assignedTenants,
    ...one.grants.flatMap((grant) => (grant.tenants === '*' ? [] : grant.tenants)),
  ]);
  return [...new Set(['', '-', ...named])];
}
