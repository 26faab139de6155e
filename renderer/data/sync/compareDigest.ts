import { digestAnswerSchema } from '#shared/protocol/messages.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { RecordDigest, sumOfDigests } from '#shared/records/digest.ts';
import type { LocalData } from '../storage/localData.ts';
import { invalidEntry } from './inboxEntries.ts';
import { RefusedRequest, malformedAnswer } from './pullCollection.ts';
import type { Link } from './transport.ts';

interface DigestContext {
  collection: ReplicatedCollection;
  data: LocalData;
  link: Link;
  checkpoint: number | null;
  /** Start of the collection's window, ISO 8601; undefined = it holds everything. */
  since: string | undefined;
}

/**
 * Compares what the replica knows of the server with the server. `moved` = the server changed meanwhile, compare again
 * later; `difference` = how far the counts are apart, at least 1.
 */
export async function compareDigest({
  collection,
  data,
  link,
  checkpoint,
  since,
}: DigestContext): Promise<{ outcome: 'equal' | 'moved' } | { outcome: 'different'; difference: number }> {
  const window = since === undefined ? {} : { since };
  const parsed = digestAnswerSchema.safeParse(await link.request('digest', { collection, ...window }));
  if (!parsed.success) throw malformedAnswer('digest');
  if (!parsed.data.ok) throw new RefusedRequest(parsed.data.error);
  const { count, sequence, hash } = parsed.data;
  if (checkpoint === null || sequence > checkpoint) return { outcome: 'moved' };
  const unreadable = new RecordDigest();
  for (const entry of data.inbox().values()) {
    if (entry.type === 'invalid_document' && entry.id === invalidEntry.idOf(collection, entry.recordId))
      unreadable.add(entry.recordId, invalidEntry.versionOf(entry));
  }
  const own = sumOfDigests(await data.store.digest(collection, since), unreadable);
  if (own.count === count && own.hash === hash) return { outcome: 'equal' };
  return { outcome: 'different', difference: Math.max(1, Math.abs(own.count - count)) };
}
