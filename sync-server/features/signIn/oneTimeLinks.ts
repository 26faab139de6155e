import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '#shared/kernel/sources.ts';
import type { AccountBatch } from './accountBatch.ts';
import type { EntryReader } from './secondFactor.ts';
import { hashOfToken } from './sessions.ts';

export type LinkPurpose = 'invitation' | 'password_reset';

/** What a token opens. `expiresAt` in milliseconds since the epoch. */
export interface OneTime {
  staffId: string;
  purpose: LinkPurpose;
  /** Id of the person who made it. */
  madeBy: string;
  expiresAt: number;
}

const byHash = 'signIn.links';
const hashOfPerson = 'signIn.linkOf';
const hour = 3600 * 1000;
const lifetimes: Readonly<Record<LinkPurpose, number>> = { invitation: 7 * 24 * hour, password_reset: hour };
const linkSchema = z.object({
  staffId: z.string(),
  purpose: z.enum(['invitation', 'password_reset']),
  // Links of earlier versions name nobody whose rights could be looked at, and are gone.
  madeBy: z.string(),
  expiresAt: z.number(),
});

/** A token of 256 random bits, of which only the hash is kept. The person's earlier one opens nothing any more. */
export async function issueLink(
  batch: AccountBatch,
  { staffId, purpose, madeBy }: Omit<OneTime, 'expiresAt'>,
  clock: Clock,
): Promise<{ token: string; expiresAt: number }> {
  await endLinkOf(batch, staffId);
  const token = randomBytes(32).toString('base64url');
  const expiresAt = clock() + lifetimes[purpose];
  batch.putEntry(byHash, hashOfToken(token), { staffId, purpose, madeBy, expiresAt }, expiresAt);
  batch.putEntry(hashOfPerson, staffId, hashOfToken(token), expiresAt);
  return { token, expiresAt };
}

/** undefined: it was used, replaced, has expired, or never was. */
export async function findLink(reader: EntryReader, token: string, clock: Clock): Promise<OneTime | undefined> {
  const hash = hashOfToken(token);
  const found = linkSchema.safeParse((await reader.getEntries(byHash, [hash])).get(hash));
  return found.success && found.data.expiresAt > clock() ? found.data : undefined;
}

export async function endLinkOf(batch: AccountBatch, staffId: string): Promise<void> {
  const hash = (await batch.getEntries(hashOfPerson, [staffId])).get(staffId);
  if (typeof hash === 'string') batch.removeEntry(byHash, hash);
  batch.removeEntry(hashOfPerson, staffId);
}
