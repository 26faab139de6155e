import * as z from 'zod';
import type { Clock } from '#shared/kernel/sources.ts';
import type { Session } from '../../storage/store.ts';
import type { AccountBatch } from './accountBatch.ts';
import type { EntryReader } from './secondFactor.ts';

/** Milliseconds for which a proof of who one is opens dangerous acts. */
const elevatedFor = 10 * 60_000;
const area = 'signIn.elevated';
const elevatedSchema = z.object({ until: z.number() });

/** Notes that the person of a session proved anew who they are; answers until when that counts (milliseconds). */
export function elevate(batch: AccountBatch, sessionId: string, clock: Clock): number {
  const until = clock() + elevatedFor;
  batch.putEntry(area, sessionId, { until }, until);
  return until;
}

/** For a session whose person proved nothing now, such as one that a provider still knew from before. */
export function beginUnproved(batch: AccountBatch, sessionId: string, clock: Clock): void {
  batch.putEntry(area, sessionId, { until: 0 }, clock() + elevatedFor);
}

/** Until when dangerous acts are open to a session; where nothing else was noted, its sign-in is a proof. 0 = they are not. */
export async function elevatedUntil(
  reader: EntryReader,
  session: Pick<Session, 'id' | 'createdAt'>,
  clock: Clock,
): Promise<number> {
  const found = elevatedSchema.safeParse((await reader.getEntries(area, [session.id])).get(session.id));
  const until = found.data?.until ?? session.createdAt + elevatedFor;
  return until > clock() ? until : 0;
}
