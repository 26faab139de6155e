import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { InboxEntry } from '../replicaApi.ts';
import type { ReadDocument } from './readDocument.ts';
import type { FoundConflict } from './receive.ts';
import type { FoundRefusal } from './settlePush.ts';

/** Ids follow from what happened: the same conflict found twice, after a crash between two writes, is one entry. */
export function conflictEntry({ base, mine, theirs, conflicts }: FoundConflict, edit: string, at: string): InboxEntry {
  return {
    type: 'conflict',
    id: `conflict:${mine.id}:${edit}:${theirs.version}`,
    recordId: mine.id,
    kind: mine.kind,
    at,
    resolved: false,
    base,
    mine,
    theirs,
    conflicts,
  };
}

export function refusalEntry(
  { problem, reason, base, mine, current }: FoundRefusal,
  edit: string,
  at: string,
): InboxEntry {
  return {
    type: 'rejection',
    id: `refused:${mine.id}:${edit}`,
    recordId: mine.id,
    kind: mine.kind,
    at,
    resolved: false,
    problem,
    reason,
    base,
    mine,
    current,
  };
}

export const invalidEntry = {
  idOf: (collection: ReplicatedCollection, recordId: string) => `invalid:${collection}:${recordId}`,
  make: (collection: ReplicatedCollection, found: Extract<ReadDocument, { ok: false }>, at: string): InboxEntry => ({
    type: 'invalid_document',
    id: `invalid:${collection}:${found.id}`,
    recordId: found.id,
    kind: found.kind,
    at,
    resolved: false,
    problem: found.problem,
    document: found.document,
  }),
  /** Version of the document a notice is about; -1 for no notice. */
  versionOf: (entry: InboxEntry | undefined): number => {
    if (entry?.type !== 'invalid_document') return -1;
    const { document } = entry;
    const version =
      typeof document === 'object' && document !== null && !Array.isArray(document) ? document['version'] : 0;
    return typeof version === 'number' ? version : 0;
  },
};
