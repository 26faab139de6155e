import * as z from 'zod';
import type { Clock } from '#shared/kernel/sources.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { LocalStore } from '../storage/localStore.ts';

/** Collections that may be held in part: logs, of which the newest are what people work with. */
export const windowedCollections = ['audit', 'events', 'clicks', 'runs'] as const;
export type WindowedCollection = (typeof windowedCollections)[number];

/**
 * Days held unless the person chose; 0 = everything. Runs hold tasks and approvals too, which have to be seen however old
 * they are, so they are whole by default.
 */
const defaultDays: Readonly<Record<WindowedCollection, number>> = { audit: 90, events: 90, clicks: 90, runs: 0 };
const longestWindow = 36_500;

const windowsSchema = z.partialRecord(z.enum(windowedCollections), z.int().min(0).max(longestWindow));

export interface Windows {
  daysOf: (collection: WindowedCollection) => number;
  /** Records changed before this instant (ISO 8601) are not held; undefined = everything is. */
  sinceOf: (collection: ReplicatedCollection) => string | undefined;
  /** Keeps the choice. Whoever replicates has to be told. */
  choose: (collection: WindowedCollection, days: number) => Promise<void>;
}

const fact = 'windows';
const day = 24 * 3600 * 1000;

export async function openWindows(store: Pick<LocalStore, 'getFact' | 'putFact'>, clock: Clock): Promise<Windows> {
  const parsed = windowsSchema.safeParse(await store.getFact(fact));
  let chosen = parsed.success ? parsed.data : {};
  const daysOf = (collection: WindowedCollection) => chosen[collection] ?? defaultDays[collection];
  return {
    daysOf,
    sinceOf: (collection) => {
      const days = isWindowed(collection) ? daysOf(collection) : 0;
      // From the beginning of a day, so that the edge moves once a day and not with every question.
      return days === 0 ? undefined : new Date(Math.floor(clock() / day) * day - days * day).toISOString();
    },
    choose: async (collection, days) => {
      const next = windowsSchema.parse({ ...chosen, [collection]: days });
      await store.putFact(fact, next);
      chosen = next;
    },
  };
}

export function isWindowed(collection: ReplicatedCollection): collection is WindowedCollection {
  return (windowedCollections as readonly string[]).includes(collection);
}

/** True when what is held from `held` on does not reach back to `wanted`. */
export function reachesBack(held: string, wanted: string | undefined): boolean {
  return held === '' || (wanted !== undefined && held <= wanted);
}
