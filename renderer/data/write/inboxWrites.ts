import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { requireResource } from '#shared/resources/registry.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { InboxEntry, RecordPatch } from '../replicaApi.ts';
import type { LocalData } from '../storage/localData.ts';
import type { LocalWrites } from './localWrites.ts';

export interface InboxWrites {
  resolve: (entryId: string, chosen: RecordPatch | 'theirs') => Promise<Result<undefined, Problem>>;
  restore: (entryId: string) => Promise<Result<undefined, Problem>>;
}

const unknownEntry: Problem = problemOf('not_found', saying('inbox_entry_gone'));

/** Decisions about what merging or the server could not settle. An entry closes only after what was chosen is stored. */
export function createInboxWrites(data: LocalData, writes: LocalWrites): InboxWrites {
  const setResolved = async (entry: InboxEntry, resolved: boolean): Promise<Result<undefined, Problem>> => {
    try {
      await data.putInbox([{ ...entry, resolved }]);
      return success(undefined);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return failure(problemOf('unavailable', saying('decision_not_kept', { why: reason })));
    }
  };
  return {
    resolve: async (entryId, chosen) => {
      const entry = data.inbox().get(entryId);
      if (!entry) return failure(unknownEntry);
      if (chosen !== 'theirs' && entry.type !== 'invalid_document' && entry.type !== 'draft_cleaned') {
        const written = await write(data, writes, entry, chosen);
        if (!written.ok) return written;
      }
      return setResolved(entry, true);
    },
    restore: async (entryId) => {
      const entry = data.inbox().get(entryId);
      return entry ? setResolved(entry, false) : failure(unknownEntry);
    },
  };
}

/** An edit where the record still lives; a new record with what was typed where it does not. */
async function write(
  data: LocalData,
  writes: LocalWrites,
  entry: Exclude<InboxEntry, { type: 'invalid_document' | 'draft_cleaned' }>,
  chosen: RecordPatch,
): Promise<Result<unknown, Problem>> {
  const collection = requireResource(entry.kind).collection as ReplicatedCollection;
  const current = (await data.store.read(collection, [entry.recordId])).get(entry.recordId)?.record;
  if (current && !isTombstone(current)) return writes.edit(entry.kind, entry.recordId, chosen);
  if (isTombstone(entry.mine)) return writes.remove(entry.kind, entry.recordId);
  const mine: RecordEnvelope = entry.mine;
  return writes.create(
    entry.kind,
    mine.tenantId,
    { ...mine.body, ...chosen.body },
    { assignedTo: chosen.assignedTo ?? mine.assignedTo },
  );
}
