import * as z from 'zod';
import type { AccountBatch } from './accountBatch.ts';
import type { EntryReader } from './secondFactor.ts';

const area = 'signIn.password';
const factsSchema = z.object({ changedAt: z.number() });

/** Stores a hash with the commit. `changedAt`: when the person last chose a password, milliseconds since the epoch. */
export function putPassword(batch: AccountBatch, staffId: string, secret: string, changedAt: number): void {
  batch.putEntry(area, staffId, { changedAt });
  batch.also((transaction) => transaction.putCredential({ staffId, secret }));
}

/** 0 = never since the account was made. Moves with every password, so that what was decided by an older one is known. */
export async function passwordChangedAt(reader: EntryReader, staffId: string): Promise<number> {
  return factsSchema.safeParse((await reader.getEntries(area, [staffId])).get(staffId)).data?.changedAt ?? 0;
}
