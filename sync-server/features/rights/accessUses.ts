import * as z from 'zod';
import type { AccessUse } from '#shared/domain/access/accessTypes.ts';
import { allPermissions } from '#shared/domain/access/permissionCatalogue.ts';
import type { Json } from '#shared/kernel/json.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import type { StoreReader } from '../../storage/store.ts';

type Counted = Omit<AccessUse, 'day' | 'allowed' | 'denied'>;

/** What is written of a batch. */
interface EntryBatch {
  getEntries: (area: string, keys: readonly string[]) => Promise<ReadonlyMap<string, Json>>;
  putEntry: (area: string, key: string, value: Json, expiresAt?: number) => void;
}

export interface AccessUses {
  count: (use: Counted, allowed: boolean) => void;
  /** Adds what was counted to the store; it is counted on when that fails. */
  flush: (write: (work: (batch: EntryBatch) => Promise<void>) => Promise<void>) => Promise<void>;
  /** Uses from the newest day back to `since`; `before` in the answer is that of the next page, null at the end. */
  list: (query: {
    since: string | undefined;
    before: string | undefined;
    limit: number;
  }) => Promise<{ uses: AccessUse[]; before: string | null }>;
}

const area = 'access-uses';
const dayInMilliseconds = 24 * 3600 * 1000;
/** Days for which uses are kept. */
const keptDays = 90;
/** Different uses counted between two flushes; more are not counted. */
const mostCounted = 50_000;
const known = new Set(allPermissions);
const countsSchema = z.object({ allowed: z.int(), denied: z.int() });
type Counts = z.infer<typeof countsSchema>;

/** How people used their rights: counted in memory, kept by day. */
export function createAccessUses(store: Pick<StoreReader, 'entriesOf'>, clock: Clock): AccessUses {
  let counted = new Map<string, Counts>();
  let today = { day: Number.NaN, text: '' };
  const dayOf = (moment: number) => {
    const day = Math.floor(moment / dayInMilliseconds);
    if (today.day !== day) today = { day, text: new Date(moment).toISOString().slice(0, 10) };
    return today.text;
  };
  const add = (key: string, { allowed, denied }: Counts) => {
    const counts = counted.get(key);
    if (counts) {
      counts.allowed += allowed;
      counts.denied += denied;
    } else if (counted.size < mostCounted) counted.set(key, { allowed, denied });
  };
  return {
    count: ({ staffId, permission, tenantId, own }, allowed) => {
      if (!known.has(permission)) return;
      const key = `${dayOf(clock())}|${staffId}|${permission}|${own ? 1 : 0}|${tenantId}`;
      add(key, { allowed: allowed ? 1 : 0, denied: allowed ? 0 : 1 });
    },
    flush: async (write) => {
      if (counted.size === 0) return;
      const taken = counted;
      counted = new Map();
      try {
        await write(async (batch) => {
          const stored = await batch.getEntries(area, [...taken.keys()]);
          for (const [key, { allowed, denied }] of taken) {
            const before = countsSchema.safeParse(stored.get(key)).data ?? { allowed: 0, denied: 0 };
            const sum = { allowed: before.allowed + allowed, denied: before.denied + denied };
            batch.putEntry(area, key, sum, Date.parse(key.slice(0, 10)) + (keptDays + 1) * dayInMilliseconds);
          }
        });
      } catch (error) {
        for (const [key, counts] of taken) add(key, counts);
        throw error;
      }
    },
    list: async ({ since, before, limit }) => {
      const oldest = dayOf(clock() - keptDays * dayInMilliseconds);
      const last = since !== undefined && since > oldest ? since : oldest;
      const uses: AccessUse[] = [];
      const today = dayOf(clock());
      const [asked = today, rest = ''] = before === undefined ? [] : [before.slice(0, 10), before.slice(10)];
      let [day, after] = asked > today ? [today, ''] : [asked, rest];
      for (; day >= last; day = dayOf(Date.parse(day) - dayInMilliseconds), after = '') {
        const found = await store.entriesOf(area, {
          prefix: `${day}|`,
          limit: limit - uses.length + 1,
          ...(after === '' ? {} : { after: `${day}${after}` }),
        });
        for (const { key, value } of found) {
          const [, staffId = '', permission = '', own, tenantId = ''] = key.split('|');
          const counts = countsSchema.safeParse(value).data;
          if (!counts) continue;
          if (uses.length === limit) return { uses, before: `${day}|${keyOf(uses.at(-1), day)}` };
          uses.push({ staffId, permission, tenantId, own: own === '1', day, ...counts });
        }
      }
      return { uses, before: null };
    },
  };
}

/** What comes after the day in the key of a use; '' when the last use was of another day. */
function keyOf(use: AccessUse | undefined, day: string): string {
  if (!use || use.day !== day) return '';
  return `${use.staffId}|${use.permission}|${use.own ? 1 : 0}|${use.tenantId}`;
}
