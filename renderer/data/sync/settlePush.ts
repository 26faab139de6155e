import { marksErasure } from '#shared/domain/privacy/erasureMarks.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemSchema } from '#shared/protocol/messages.ts';
import type { PushAnswer, Rejection } from '#shared/protocol/messages.ts';
import { documentSchema } from '#shared/protocol/messages.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import { isTombstone, tombstoneOf } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import { sameContent } from '#shared/records/mergeRecord.ts';
import type { LocalDocument } from '../storage/localDocument.ts';
import { receive, settle } from './receive.ts';
import type { FoundConflict } from './receive.ts';

type Accepted = Extract<PushAnswer, { ok: true }>;

export interface FoundRefusal {
  problem: Problem;
  /** What was typed as the reason of the change; '' = none. */
  reason: string;
  base: RecordState | undefined;
  mine: RecordState;
  current: RecordState | undefined;
}

export interface Settled {
  document: LocalDocument;
  conflict?: FoundConflict;
  refusal?: FoundRefusal;
}

/** What one record's part of a push answer makes of it. Undefined when nothing is pending for it any more. */
export function settlePush(
  resource: Pick<Resource, 'merge' | 'serverFields'>,
  local: LocalDocument,
  answer: Accepted,
): Settled | undefined {
  const { record, pending } = local;
  if (!pending) return undefined;
  const rejections = answer.rejections.filter((one) => one.id === record.id);
  const [first] = rejections;
  // Nothing to delete means that the delete has what it wanted.
  if (first?.code === 'gone' && isTombstone(record))
    return { document: { record: tombstoneOf(record, 0), pending: null } };
  if (first?.code === 'gone' && isErased(first.current))
    return { document: { record: tombstoneOf(record, 0), pending: null } };
  if (first) return refuse(local, first, rejections.at(-1) ?? first);
  const current = answer.conflicts.findLast((one) => one.id === record.id);
  if (current) return receive(resource, local, current, true) ?? { document: local };
  if (!pending.sent) return undefined;
  // The server may have given it a higher version, or left its own where it said the same already. Until its state arrives
  // the version stays what is known, so that whatever arrives is newer.
  const { base, sent } = pending;
  const accepted = base && sameContent(base, sent) ? base : { ...sent, version: base?.version ?? 0 };
  return { document: settle(record, pending, accepted, pending.steps.slice(pending.sentSteps)) };
}

/** The record is gone because a person was erased: what was typed may hold them still. */
function isErased(current: unknown): boolean {
  const state = documentSchema.safeParse(current);
  return state.success && isTombstone(state.data) && marksErasure(state.data);
}

/**
 * The server's state is taken; everything typed here goes to the inbox with the reason. Version 0 of what is gone lets any
 * later state of the server come back.
 */
export function refuse(local: LocalDocument, rejection: Rejection, last: Rejection = rejection): Settled {
  const { record, pending } = local;
  const { code, message, path, details } = problemSchema.parse(rejection);
  const current = documentSchema.safeParse(last.current);
  const state = current.success ? current.data : undefined;
  return {
    document: { record: state ?? tombstoneOf(record, 0), pending: null },
    refusal: {
      problem: {
        code,
        message,
        ...(path === undefined ? {} : { path }),
        ...(details === undefined ? {} : { details }),
      },
      reason: pending?.reason ?? '',
      base: pending?.base ?? undefined,
      mine: record,
      current: state,
    },
  };
}
