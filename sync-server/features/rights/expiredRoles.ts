import type { Json } from '#shared/kernel/json.ts';
import type { Clock } from '#shared/kernel/sources.ts';

/** A role that somebody holds until a moment (ISO 8601). */
interface Limited {
  staffId: string;
  role: string;
  expiresAt: string;
}

interface EntryBatch {
  getEntries: (area: string, keys: readonly string[]) => Promise<ReadonlyMap<string, Json>>;
  putEntry: (area: string, key: string, value: Json) => void;
}

export interface ExpiredRoles<Of extends Limited> {
  /** Those of the given that are over and perhaps not told yet. */
  due: (limited: readonly Of[]) => Of[];
  /** Those of `due` that nobody told before; they count as told when the batch commits. */
  claim: (batch: EntryBatch, due: readonly Of[]) => Promise<Of[]>;
  /** `claim` is durable. */
  told: (due: readonly Of[]) => void;
}

const area = 'rights.expired';

/** Sees to it that the end of a role is told once, whoever else tells and however often the server starts. */
export function createExpiredRoles<Of extends Limited>(clock: Clock): ExpiredRoles<Of> {
  const known = new Set<string>();
  const keyOf = ({ staffId, role, expiresAt }: Limited) => `${staffId}|${role}|${expiresAt}`;
  return {
    due: (limited) => limited.filter((one) => Date.parse(one.expiresAt) <= clock() && !known.has(keyOf(one))),
    claim: async (batch, due) => {
      const told = await batch.getEntries(area, due.map(keyOf));
      const fresh = due.filter((one) => !told.has(keyOf(one)));
      for (const one of fresh) batch.putEntry(area, keyOf(one), true);
      return fresh;
    },
    told: (due) => due.forEach((one) => known.add(keyOf(one))),
  };
}
