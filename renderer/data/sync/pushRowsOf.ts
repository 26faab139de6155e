import type { Resource } from '#shared/records/defineResource.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import type { PushRow } from '#shared/protocol/messages.ts';
import type { LocalDocument, PendingEdit, UnsentStep } from '../storage/localDocument.ts';

export interface OutgoingEdit {
  /** In the order the server must see them; the last one is `sent`. */
  rows: PushRow[];
  /** The record as it is once every row is accepted. */
  sent: RecordState;
  edit: string;
}

/**
 * The rows that carry one unsent edit. Moves through several states travel as a row each, since the server lets only
 * neighbouring states follow each other; a new record that already moved is created in its first state.
 */
export function pushRowsOf(
  resource: Pick<Resource, 'states'>,
  record: RecordState,
  pending: PendingEdit,
): OutgoingEdit {
  const baseVersion = pending.base?.version ?? 0;
  const madeAt = pending.editedAt;
  if (isTombstone(record)) {
    const sent = { ...record, version: baseVersion + 1 };
    return { rows: [{ baseVersion, doc: sent, madeAt }], sent, edit: pending.edit };
  }
  const befores = intermediateStates(resource, record, pending);
  const rows = befores.map(({ status, step }, index): PushRow => {
    const start = pending.base && !isTombstone(pending.base) ? pending.base : record;
    const at = step?.at ?? pending.editedAt;
    const doc: RecordEnvelope = {
      ...start,
      status,
      updatedAt: at,
      updatedBy: record.updatedBy,
      version: baseVersion + index + 1,
    };
    return { baseVersion: baseVersion + index, doc, madeAt: at, ...(step?.reason ? { reason: step.reason } : {}) };
  });
  const sent: RecordEnvelope = { ...record, version: baseVersion + rows.length + 1 };
  const reason = pending.steps.at(-1)?.reason || pending.reason;
  rows.push({ baseVersion: baseVersion + rows.length, doc: sent, madeAt, ...(reason ? { reason } : {}) });
  return { rows, sent, edit: pending.edit };
}

/** States to pass through before the final row: all moves but the last, after the first state of a new record. */
function intermediateStates(
  resource: Pick<Resource, 'states'>,
  record: RecordEnvelope,
  pending: PendingEdit,
): { status: string; step?: UnsentStep }[] {
  const passed = pending.steps.slice(0, -1).map((step) => ({ status: step.status, step }));
  const initial = resource.states?.initial ?? '';
  return pending.base === null && pending.steps.length > 0 && record.status !== initial
    ? [{ status: initial }, ...passed]
    : passed;
}

/** The document with the mark that this state may reach the server. Written before it is sent. */
export function markSent(document: LocalDocument & { pending: PendingEdit }, outgoing: OutgoingEdit): LocalDocument {
  return {
    record: document.record,
    pending: {
      ...document.pending,
      sent: outgoing.sent,
      sentEdit: outgoing.edit,
      sentSteps: document.pending.steps.length,
    },
  };
}
