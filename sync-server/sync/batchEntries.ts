import type { Json } from '#shared/kernel/json.ts';
import type { Entry, StoreTransaction } from '../storage/store.ts';

export interface EntryRange {
  prefix?: string;
  /** Exclusive. */
  after?: string;
  limit: number;
}

/** The private entries of one transaction: read once, written at its end, and seen in between as they will be. */
export interface BatchEntries {
  getEntries: (area: string, keys: readonly string[]) => Promise<ReadonlyMap<string, Json>>;
  /** By key, rising. */
  entriesOf: (area: string, range: EntryRange) => Promise<{ key: string; value: Json }[]>;
  /** `expiresAt` in milliseconds since the epoch; absent = kept until removed. */
  putEntry: (area: string, key: string, value: Json, expiresAt?: number) => void;
  removeEntry: (area: string, key: string) => void;
  flush: () => Promise<void>;
}

interface Area {
  /** undefined = known to be absent. */
  known: Map<string, Json | undefined>;
  changed: Set<string>;
  expiries: Map<string, number>;
}

export function createBatchEntries(transaction: StoreTransaction): BatchEntries {
  const areas = new Map<string, Area>();
  const areaOf = (name: string): Area => {
    let area = areas.get(name);
    if (!area) areas.set(name, (area = { known: new Map(), changed: new Set(), expiries: new Map() }));
    return area;
  };
  const set = (name: string, key: string, value: Json | undefined, expiresAt?: number) => {
    const area = areaOf(name);
    area.known.set(key, value);
    area.changed.add(key);
    if (expiresAt === undefined) area.expiries.delete(key);
    else area.expiries.set(key, expiresAt);
  };
  return {
    getEntries: async (name, keys) => {
      const area = areaOf(name);
      const missing = keys.filter((key) => !area.known.has(key));
      if (missing.length > 0) {
        const stored = await transaction.getEntries(name, missing);
        for (const key of missing) area.known.set(key, stored.get(key));
      }
      const found = new Map<string, Json>();
      for (const key of keys) {
        const value = area.known.get(key);
        if (value !== undefined) found.set(key, value);
      }
      return found;
    },
    entriesOf: async (name, { prefix = '', after = '', limit }) => {
      const { known, changed } = areaOf(name);
      // As many more as this transaction may have removed of them.
      const stored = await transaction.entriesOf(name, { prefix, after, limit: limit + changed.size });
      const merged = new Map(stored.map(({ key, value }) => [key, value]));
      const end = stored.length < limit + changed.size ? undefined : stored.at(-1)?.key;
      for (const key of changed) {
        const value = known.get(key);
        if (value === undefined) merged.delete(key);
        else if (key.startsWith(prefix) && key > after && (end === undefined || key <= end)) merged.set(key, value);
      }
      return [...merged]
        .map(([key, value]) => ({ key, value }))
        .sort((left, right) => (left.key < right.key ? -1 : 1))
        .slice(0, limit);
    },
    putEntry: set,
    removeEntry: (name, key) => set(name, key, undefined),
    flush: async () => {
      const puts: Entry[] = [];
      const gone: { area: string; key: string }[] = [];
      for (const [area, { known, changed, expiries }] of areas) {
        for (const key of changed) {
          const value = known.get(key);
          const expiresAt = expiries.get(key);
          if (value === undefined) gone.push({ area, key });
          else puts.push({ area, key, value, ...(expiresAt === undefined ? {} : { expiresAt }) });
        }
      }
      if (puts.length > 0) await transaction.putEntries(puts);
      if (gone.length > 0) await transaction.removeEntries(gone);
    },
  };
}
