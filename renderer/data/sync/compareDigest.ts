import { digestAnswerSchema } from '#shared/protocol/messages.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { RecordDigest } from '#shared/records/digest.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import type { LocalData } from '../storage/localData.ts';
import type { LocalDocument } from '../storage/localDocument.ts';
import { invalidEntry } from './inboxEntries.ts';
import { RefusedRequest, malformedAnswer } from './pullCollection.ts';
import type { Link } from './transport.ts';

interface DigestContext {
  collection: ReplicatedCollection;
  data: LocalData;
  link: Link;
  checkpoint: number | null;
  pause: () => Promise<void>;
}

const pageSize = 2000;

/**
 * Compares what the replica knows of the server with the server. `moved` = the server changed meanwhile, compare again
 * later; `difference` = how far the counts are apart, at least 1.
 */
export async function compareDigest({
  collection,
  data,
  link,
  checkpoint,
  pause,
}: DigestContext): Promise<{ outcome: 'equal' | 'moved' } | { outcome: 'different'; difference: number }> {
  const parsed = digestAnswerSchema.safeParse(await link.request('digest', { collection }));
  if (!parsed.success) throw malformedAnswer('digest');
  if (!parsed.data.ok) throw new RefusedRequest(parsed.data.error);
  const { count, sequence, hash } = parsed.data;
  if (checkpoint === null || sequence > checkpoint) return { outcome: 'moved' };
  const own = new RecordDigest();
  let after = '';
  for (;;) {
    const page = await data.store.page(collection, '', after, pageSize);
    for (const document of page) {
      const known = serverStateOf(document);
      if (known && !isTombstone(known)) own.add(known.id, known.version);
    }
    const last = page.at(-1);
    if (!last || page.length < pageSize) break;
    after = last.record.id;
    await pause();
  }
  for (const entry of data.inbox().values()) {
    if (entry.type === 'invalid_document' && entry.id === invalidEntry.idOf(collection, entry.recordId))
      own.add(entry.recordId, invalidEntry.versionOf(entry));
  }
  if (own.count === count && own.hash === hash) return { outcome: 'equal' };
  return { outcome: 'different', difference: Math.max(1, Math.abs(own.count - count)) };
}

function serverStateOf({ record, pending }: LocalDocument): RecordState | undefined {
  return pending ? (pending.base ?? undefined) : record;
}
