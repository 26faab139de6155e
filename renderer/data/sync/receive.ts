import { erasedSince } from '#shared/domain/privacy/erasureMarks.ts';
import { jsonEqual } from '#shared/kernel/json.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import type { MergeConflict } from '#shared/records/merge.ts';
import { mergeRecord } from '#shared/records/mergeRecord.ts';
import type { LocalDocument, PendingEdit } from '../storage/localDocument.ts';

/** What merging could not settle; it goes to the inbox before the document changes. */
export interface FoundConflict {
  base: RecordState | undefined;
  mine: RecordState;
  theirs: RecordState;
  conflicts: MergeConflict[];
}

export interface Received {
  document: LocalDocument;
  conflict?: FoundConflict;
}

type Described = Pick<Resource, 'merge' | 'serverFields'>;

/**
 * What a document from the server makes of the replica's. Undefined = nothing to do, it is known already. `authoritative`
 * = it is the server's state now, whatever versions say: a full pull, or the answer to a push.
 */
export function receive(
  resource: Described,
  local: LocalDocument | undefined,
  theirs: RecordState,
  authoritative: boolean,
): Received | undefined {
  if (!local) return isTombstone(theirs) ? undefined : { document: { record: theirs, pending: null } };
  const { record, pending } = local;
  if (!pending) {
    const newer = theirs.version > record.version || (theirs.version === record.version && isTombstone(theirs));
    if (!authoritative && !newer) return undefined;
    return jsonEqual(record, theirs) ? undefined : { document: { record: theirs, pending: null } };
  }
  const echoed = echoOf(resource, pending, theirs);
  if (echoed) return { document: settle(record, pending, theirs, echoed.stepsLeft) };
  const known = pending.base && theirs.version <= pending.base.version && !isTombstone(theirs);
  if (known && (!authoritative || jsonEqual(pending.base, theirs))) return undefined;
  return merge(resource, local, pending, theirs);
}

function merge(resource: Described, local: LocalDocument, pending: PendingEdit, theirs: RecordState): Received {
  const base = pending.base ?? undefined;
  // What was typed before a person was erased may hold them still.
  if (erasedSince(base ?? pending.sent ?? undefined, theirs)) return { document: { record: theirs, pending: null } };
  const { merged, unsent, conflicts } = mergeRecord(resource, base, local.record, theirs);
  const conflict = conflicts.length > 0 ? { base, mine: local.record, theirs, conflicts } : undefined;
  const statusSettled = isTombstone(merged) || isTombstone(theirs) || merged.status === theirs.status;
  const document: LocalDocument = unsent
    ? {
        record: merged,
        pending: {
          ...pending,
          base: theirs,
          steps: statusSettled ? [] : pending.steps,
          sent: null,
          sentEdit: '',
          sentSteps: 0,
        },
      }
    : { record: theirs, pending: null };
  return conflict ? { document, conflict } : { document };
}

/**
 * What is left to send once the server has `accepted`: nothing when nobody typed since, else the newer edit with the
 * accepted state as its base.
 */
export function settle(
  record: RecordState,
  pending: PendingEdit,
  accepted: RecordState,
  stepsLeft: PendingEdit['steps'],
): LocalDocument {
  if (pending.edit === pending.sentEdit && stepsLeft.length === 0) return { record: accepted, pending: null };
  return {
    record: { ...record, version: accepted.version + 1 },
    pending: { ...pending, base: accepted, steps: stepsLeft, sent: null, sentEdit: '', sentSteps: 0 },
  };
}

/**
 * Recognises our own write when it comes back although its answer was lost, by its author, moment and content. Without it
 * a later edit of the same field would look like a conflict with somebody else.
 */
function echoOf(
  resource: Described,
  pending: PendingEdit,
  theirs: RecordState,
): { stepsLeft: PendingEdit['steps'] } | undefined {
  const { sent, steps } = pending;
  if (!sent) return undefined;
  if (isTombstone(sent) || isTombstone(theirs))
    return isTombstone(sent) && isTombstone(theirs) ? { stepsLeft: steps } : undefined;
  if (theirs.updatedBy !== sent.updatedBy) return undefined;
  if (theirs.updatedAt === sent.updatedAt && saysTheSame(resource, sent, theirs))
    return { stepsLeft: steps.slice(pending.sentSteps) };
  const passed = steps.slice(0, Math.max(0, pending.sentSteps - 1));
  const reached = passed.findIndex((step) => step.at === theirs.updatedAt && step.status === theirs.status);
  return reached >= 0 ? { stepsLeft: steps.slice(reached + 1) } : undefined;
}

/** Equal in everything that we wrote; what the server adds or owns does not count. */
function saysTheSame(resource: Described, sent: RecordEnvelope, theirs: RecordEnvelope): boolean {
  return (
    sent.status === theirs.status &&
    sent.assignedTo === theirs.assignedTo &&
    Object.entries(sent.body).every(
      ([name, value]) => resource.serverFields.includes(name) || jsonEqual(value, theirs.body[name]),
    )
  );
}
