import * as z from 'zod';
import { replicatedCollections } from '#shared/records/collections.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import type { Entry, Session, StoredJob, StoreReader } from '../../storage/store.ts';

/** How far a walk through the whole store is. `collection` counts replicated collections; `after` is exclusive. */
export const cursorSchema = z.object({
  part: z.enum(['records', 'entries', 'jobs', 'sessions']),
  collection: z.int().default(0),
  sequence: z.int().default(0),
  area: z.string().default(''),
  key: z.string().default(''),
});
export type Cursor = z.infer<typeof cursorSchema>;
export const beginning: Cursor = { part: 'records', collection: 0, sequence: 0, area: '', key: '' };

export interface Visitor {
  record: (record: RecordEnvelope) => void | Promise<void>;
  /** Entries that expired and are not yet removed come too. */
  entry: (entry: Required<Entry>) => void | Promise<void>;
  job: (job: StoredJob) => void;
  session: (session: Session) => void;
}

const visitedAtOnce = 400;

/**
 * Shows the visitor the next of everything that the store holds; answers how to go on, undefined at the end. A record that is
 * changed meanwhile comes again, so that at the end of a walk nothing older than the walk was left out.
 */
export async function visitNext(reader: StoreReader, cursor: Cursor, visitor: Visitor): Promise<Cursor | undefined> {
  if (cursor.part === 'records') {
    const collection = replicatedCollections[cursor.collection];
    if (collection === undefined) return { ...beginning, part: 'entries' };
    const changes = await reader.changesSince(collection, cursor.sequence, visitedAtOnce);
    for (const change of changes) {
      if (change.head.deleted) continue;
      const record = change.read();
      if (!isTombstone(record)) await visitor.record(record);
    }
    const last = changes.at(-1);
    return last && changes.length === visitedAtOnce
      ? { ...cursor, sequence: last.head.sequence }
      : { ...cursor, collection: cursor.collection + 1, sequence: 0 };
  }
  if (cursor.part === 'entries') {
    const entries = await reader.allEntries(cursor.area === '' ? undefined : cursor, visitedAtOnce);
    for (const entry of entries) await visitor.entry(entry);
    const last = entries.at(-1);
    return last && entries.length === visitedAtOnce
      ? { ...cursor, area: last.area, key: last.key }
      : { ...beginning, part: 'jobs' };
  }
  if (cursor.part === 'jobs') {
    const jobs = await reader.allJobs(cursor.key, visitedAtOnce);
    for (const job of jobs) visitor.job(job);
    const last = jobs.at(-1);
    return last && jobs.length === visitedAtOnce ? { ...cursor, key: last.id } : { ...beginning, part: 'sessions' };
  }
  const sessions = await reader.allSessions(cursor.key, visitedAtOnce);
  for (const session of sessions) visitor.session(session);
  const last = sessions.at(-1);
  return last && sessions.length === visitedAtOnce ? { ...cursor, key: last.id } : undefined;
}

/** Visits everything there is, letting others have their turn in between. */
export async function visitAll(reader: StoreReader, visitor: Visitor): Promise<void> {
  for (let cursor: Cursor | undefined = beginning; cursor;) {
    cursor = await visitNext(reader, cursor, visitor);
    await new Promise<void>((wake) => setImmediate(wake));
  }
}
