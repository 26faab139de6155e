import * as z from 'zod';
import { recordViewOf } from '#shared/domain/access/recordView.ts';
import { seesMore } from '#shared/domain/access/viewGrowth.ts';
import { principalSchema } from '#shared/domain/access/principal.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { LocalStore } from '../storage/localStore.ts';
import type { CollectionSync } from './collectionSync.ts';

const fact = 'rights';
const changeSchema = z.object({ principal: principalSchema });

/** Rights that were taken over when the console ended; undefined = none. */
export async function unfinishedRights(store: Pick<LocalStore, 'getFact'>): Promise<Principal | undefined> {
  return changeSchema.safeParse(await store.getFact(fact)).data?.principal;
}

/**
 * Makes what is stored fit other rights. What may have become visible is marked to be pulled again first, then what may not be
 * seen any more is removed; a console that ends in between finishes it when it starts. Answers where something may be missing.
 */
export async function takeOverRights(
  store: Pick<LocalStore, 'putFact'>,
  collections: ReadonlyMap<ReplicatedCollection, Pick<CollectionSync, 'distrust' | 'trim' | 'state'>>,
  before: Principal,
  after: Principal,
  save: () => Promise<void>,
): Promise<void> {
  await store.putFact(fact, { principal: z.json().parse(after) });
  const view = recordViewOf(after);
  for (const [name, sync] of collections)
    if (sync.state().checkpoint !== null && seesMore(before, after, name)) await sync.distrust();
  for (const [name, sync] of collections) if (seesMore(after, before, name)) await sync.trim(view);
  await save();
  await store.putFact(fact, null);
}
