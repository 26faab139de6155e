import { createHash } from 'node:crypto';
import type { Json } from '#shared/kernel/json.ts';
import type { LogoutNotice } from './logoutToken.ts';
import { flowLife } from './oidcFlows.ts';

/** The part of a group commit that is needed here; entries are seen as the commit will leave them. */
export interface NoticeBatch {
  getEntries: (area: string, keys: readonly string[]) => Promise<ReadonlyMap<string, Json>>;
  putEntry: (area: string, key: string, value: Json, expiresAt?: number) => void;
}
type Named = Pick<LogoutNotice, 'issuer' | 'subject' | 'sid'>;

/** By whom the provider named: when it said that they signed out, in milliseconds since the epoch. */
const area = 'oidc.logoutNotice';
/** Milliseconds for which a sign-in that began before may still come: its flow, and the questions to the provider at its end. */
const kept = flowLife + 5 * 60_000;
const keyOf = ({ issuer, subject, sid }: Named) =>
  createHash('sha256')
    .update(JSON.stringify([issuer, subject, sid]))
    .digest('hex');

/** Remembers that somebody signed out at the provider, for sign-ins that are under way. Whom it names is kept as a hash. */
export function noteLogout(batch: NoticeBatch, notice: Named, now: number): void {
  batch.putEntry(area, keyOf(notice), now, now + kept);
}

/** Whether the provider said, since a sign-in began here, that this person or this sign-in there is over. */
export async function wasOvertaken(
  batch: Pick<NoticeBatch, 'getEntries'>,
  identity: Named,
  startedAt: number,
): Promise<boolean> {
  const names = [identity, { ...identity, sid: '' }, { ...identity, subject: '' }];
  const notices = await batch.getEntries(area, [...new Set(names.map(keyOf))]);
  return [...notices.values()].some((at) => typeof at === 'number' && startedAt < at);
}
