import { recordViewOf } from '#shared/domain/access/recordView.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import { repeatsOthers, seesMore } from '#shared/domain/access/viewGrowth.ts';
import { viewRules } from '#shared/domain/access/viewRules.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { LocalStore } from '../storage/localStore.ts';
import type { CollectionSync } from './collectionSync.ts';

const fact = 'viewRules';
const everything: Principal = {
  id: '',
  name: '',
  assignedTenants: [],
  grants: [{ role: '', permissions: ['*'], tenants: '*', fieldRules: [] }],
};

/**
 * Takes from what is stored what this version of the console withholds and the one that pulled it did not; a console that ends
 * meanwhile does it again. `principal` undefined = nothing was pulled yet.
 */
export async function keepToViewRules(
  store: Pick<LocalStore, 'getFact' | 'putFact'>,
  collections: ReadonlyMap<ReplicatedCollection, Pick<CollectionSync, 'trim'>>,
  principal: Principal | undefined,
): Promise<void> {
  if ((await store.getFact(fact)) === viewRules) return;
  if (principal) {
    const view = recordViewOf(principal);
    for (const [name, sync] of collections)
      if (repeatsOthers(name) && seesMore(principal, everything, name)) await sync.trim(view);
  }
  await store.putFact(fact, viewRules);
}
