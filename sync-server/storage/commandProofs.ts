import type { Json } from '#shared/kernel/json.ts';

/** That whoever gave a command had proved a moment before who they are. Kept until the command ends, for a month at most. */
const area = 'commandProof';
const kept = 30 * 24 * 3600 * 1000;

interface Entries {
  getEntries: (area: string, keys: readonly string[]) => Promise<ReadonlyMap<string, Json>>;
  putEntry: (area: string, key: string, value: Json, expiresAt?: number) => void;
  removeEntry: (area: string, key: string) => void;
}

export function putProof(batch: Pick<Entries, 'putEntry'>, commandId: string, now: number): void {
  batch.putEntry(area, commandId, true, now + kept);
}

export async function hasProof(batch: Pick<Entries, 'getEntries'>, commandId: string): Promise<boolean> {
  return (await batch.getEntries(area, [commandId])).has(commandId);
}

export function removeProof(batch: Pick<Entries, 'removeEntry'>, commandId: string): void {
  batch.removeEntry(area, commandId);
}
