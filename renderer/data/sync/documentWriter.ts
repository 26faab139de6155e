import { erasedSubject } from '#shared/domain/privacy/erasedSubject.ts';
import { erasedSince, marksErasure } from '#shared/domain/privacy/erasureMarks.ts';
import type { SubjectSpec } from '#shared/domain/privacy/subject.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import { isTombstone, tombstoneOf } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import { requireResource } from '#shared/resources/registry.ts';
import type { InboxEntry } from '../replicaApi.ts';
import type { LocalChange, LocalData } from '../storage/localData.ts';
import { conflictEntry, invalidEntry } from './inboxEntries.ts';
import { readDocument } from './readDocument.ts';
import type { ReadDocument } from './readDocument.ts';
import { receive } from './receive.ts';

/** Brings documents of the server into one collection of the replica. */
export interface DocumentWriter {
  /** Answers the ids of everything that came, valid or not. Rejects when the disk fails; then nothing may be skipped. */
  write: (documents: readonly unknown[], authoritative: boolean) => Promise<string[]>;
  /** Removes records the server no longer has for this person, unless an edit was made meanwhile. */
  remove: (ids: readonly string[]) => Promise<void>;
  /** Closes notices about invalid documents that are no longer on the server. */
  forgetInvalid: (seen: ReadonlySet<string>) => Promise<void>;
}

/**
 * `onErased`: a person was erased from something that is here; what of this console the server does not know of may hold them. Not
 * for what comes to a replica that never had it.
 */
export function createDocumentWriter(
  collection: ReplicatedCollection,
  data: LocalData,
  clock: Clock,
  onErased: (erased: readonly SubjectSpec[]) => Promise<void> = async () => undefined,
): DocumentWriter {
  const now = () => new Date(clock()).toISOString();
  const invalidOf = (recordId: string) => data.inbox().get(invalidEntry.idOf(collection, recordId));
  /** Before the records are stored: what they said until now tells who it was, and whether anybody was erased since. */
  const tellErased = async (marked: readonly RecordState[]) => {
    if (marked.length === 0) return;
    const ids = marked.map((record) => record.id);
    const known = await data.store.read(collection, ids);
    const met = marked.flatMap((theirs) => {
      const local = known.get(theirs.id);
      const before = local?.pending?.base ?? local?.pending?.sent ?? local?.record;
      return before && !isTombstone(before) && erasedSince(before, theirs) ? [{ before, theirs }] : [];
    });
    if (met.length > 0) await onErased(met.flatMap(({ before, theirs }) => erasedSubject(before, theirs) ?? []));
  };
  /** An entry that was made when the person was gone from the record already holds what was typed since: it stays. */
  const removeAbout = async (marked: readonly RecordState[]) => {
    if (marked.length === 0) return;
    const states = new Map(marked.map((theirs) => [theirs.id, theirs]));
    const about = [...data.inbox().values()].filter((entry) => {
      const theirs = states.get(entry.recordId);
      return theirs && entry.type !== 'draft_cleaned' && erasedSince(stateKnownBy(entry), theirs);
    });
    await data.removeInbox(about.map((entry) => entry.id));
  };
  return {
    write: async (documents, authoritative) => {
      const read = newestOfEach(documents.map((raw) => readDocument(collection, raw)));
      const bad = read.filter((one) => !one.ok);
      await data.putInbox(
        bad
          .filter((one) => invalidEntry.versionOf(invalidOf(one.id)) !== one.version)
          .map((one) => invalidEntry.make(collection, one, now())),
      );
      const records = new Map(read.flatMap((one) => (one.ok ? [[one.record.id, one.record] as const] : [])));
      const marked = [...records.values()].filter(marksErasure);
      await tellErased(marked);
      await data.update(collection, [...records.keys()], (local) => {
        const changes: LocalChange[] = [];
        for (const [id, theirs] of records) {
          const received = receive(requireResource(theirs.kind), local.get(id), theirs, authoritative);
          if (!received) continue;
          const edit = local.get(id)?.pending?.edit ?? '';
          changes.push({
            document: received.document,
            ...(received.conflict ? { inbox: [conflictEntry(received.conflict, edit, now())] } : {}),
          });
        }
        return changes;
      });
      await data.removeInbox([...records.keys()].map((id) => invalidEntry.idOf(collection, id)));
      await removeAbout(marked);
      return read.map((one) => (one.ok ? one.record.id : one.id));
    },
    remove: async (ids) =>
      data.update(collection, ids, (local) =>
        ids.flatMap((id): LocalChange[] => {
          const document = local.get(id);
          if (!document || document.pending) return [];
          return [{ document: { record: tombstoneOf(document.record, document.record.version), pending: null } }];
        }),
      ),
    forgetInvalid: async (seen) => {
      const gone: InboxEntry[] = [...data.inbox().values()].filter(
        (entry) =>
          entry.type === 'invalid_document' &&
          entry.id.startsWith(invalidEntry.idOf(collection, '')) &&
          !seen.has(entry.recordId),
      );
      await data.removeInbox(gone.map((entry) => entry.id));
    },
  };
}

/** What the server said of the record when the entry was made. */
function stateKnownBy(entry: InboxEntry): RecordState | undefined {
  if (entry.type === 'conflict') return entry.theirs;
  return entry.type === 'rejection' ? (entry.current ?? entry.base) : undefined;
}

/** A page names a record once; `changes` that were gathered may name it several times, the last one counts. */
function newestOfEach(read: readonly ReadDocument[]): ReadDocument[] {
  return [...new Map(read.map((one) => [one.ok ? one.record.id : one.id, one])).values()];
}
