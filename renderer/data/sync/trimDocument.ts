import type { RecordView } from '#shared/domain/access/recordView.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { isJsonObject, jsonEqual } from '#shared/kernel/json.ts';
import { isTombstone, tombstoneOf } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import type { InboxEntry } from '../replicaApi.ts';
import type { LocalChange } from '../storage/localData.ts';
import type { LocalDocument, PendingEdit } from '../storage/localDocument.ts';
import { refusalEntry } from './inboxEntries.ts';

const lost: Problem = problemOf('forbidden', saying('record_hidden_now'));
const lostFields: Problem = problemOf('forbidden', saying('fields_hidden_now'));

/**
 * What a document becomes when its person sees less than before; undefined = it stays. A record that they may not see leaves
 * whole, and of an unsent edit what they typed goes to the inbox. Version 0 lets any later state of the server come back.
 */
export function trimDocument(view: RecordView, local: LocalDocument, at: string): LocalChange | undefined {
  const { record, pending } = local;
  if (!pending) {
    if (isTombstone(record)) return undefined;
    const shown = view.show(record);
    if (shown === record) return undefined;
    return { document: { record: shown ?? tombstoneOf(record, 0), pending: null } };
  }
  // Whose a record is, the server's state says; one that was made here is judged as it will be.
  const base = pending.base && !isTombstone(pending.base) ? pending.base : undefined;
  if (!view.sees(base ?? record)) {
    const found = {
      problem: lost,
      reason: pending.reason,
      base: undefined,
      mine: typedOnly(record, base),
      current: undefined,
    };
    return {
      document: { record: tombstoneOf(record, 0), pending: null },
      inbox: [refusalEntry(found, pending.edit, at)],
    };
  }
  if (isTombstone(record)) return base ? trimPending(view, record, pending) : undefined;
  return trimEdit(view, record, pending, base, at);
}

function trimEdit(
  view: RecordView,
  record: RecordEnvelope,
  pending: PendingEdit,
  base: RecordEnvelope | undefined,
  at: string,
): LocalChange | undefined {
  const shown = view.redact(record);
  const rest = trimPending(view, shown, pending);
  if (shown === record && !rest) return undefined;
  const typed = typedOnly(record, base);
  const hidden = Object.entries(typed.body).filter(([name]) => !Object.hasOwn(shown.body, name));
  if (hidden.length === 0) return rest ?? { document: { record: shown, pending } };
  const mine = { ...typed, body: Object.fromEntries(hidden) };
  const found = { problem: lostFields, reason: '', base: undefined, mine, current: undefined };
  return {
    document: rest?.document ?? { record: shown, pending },
    inbox: [refusalEntry(found, `${pending.edit}:hidden`, at)],
  };
}

function trimPending(view: RecordView, record: RecordState, pending: PendingEdit): LocalChange | undefined {
  const [base, sent] = [redactState(view, pending.base), redactState(view, pending.sent)];
  if (base === pending.base && sent === pending.sent) return undefined;
  return { document: { record, pending: { ...pending, base, sent } } };
}

function redactState(view: RecordView, state: RecordState | null): RecordState | null {
  return state && !isTombstone(state) ? view.redact(state) : state;
}

/** What the person made different from `base`, in an envelope that tells nothing else. */
function typedOnly(record: RecordEnvelope, base: RecordState | undefined): RecordEnvelope;
function typedOnly(record: RecordState, base: RecordState | undefined): RecordState;
function typedOnly(record: RecordState, base: RecordState | undefined): RecordState {
  if (isTombstone(record) || !base || isTombstone(base)) return record;
  const body = Object.entries(record.body).filter(([name, value]) => !jsonEqual(value, base.body[name]));
  return {
    ...record,
    status: record.status === base.status ? '' : record.status,
    assignedTo: record.assignedTo === base.assignedTo ? '' : record.assignedTo,
    body: Object.fromEntries(body),
  };
}

/** What becomes of an entry of the inbox: itself, one that tells less, or undefined when it has to go. */
export function trimEntry(view: RecordView, entry: InboxEntry): InboxEntry | undefined {
  if (entry.type === 'draft_cleaned') return entry;
  if (entry.type === 'invalid_document') return seesRaw(view, entry) ? entry : undefined;
  const server = entry.type === 'conflict' ? entry.theirs : (entry.current ?? entry.base);
  const state = server && !isTombstone(server) ? server : entry.base;
  if (!state || isTombstone(state)) return entry;
  if (!view.sees(state)) {
    const { id, recordId, kind, at, resolved } = entry;
    const mine = typedOnly(entry.mine, entry.base ?? state);
    return {
      type: 'rejection',
      id,
      recordId,
      kind,
      at,
      resolved,
      problem: lost,
      base: undefined,
      mine,
      current: undefined,
    };
  }
  const redact = <State extends RecordState | undefined>(one: State): State =>
    one && !isTombstone(one) ? (view.redact(one) as State) : one;
  const mine = redactMine(view, entry.mine, entry.base);
  if (entry.type === 'rejection') {
    const [base, current] = [redact(entry.base), redact(entry.current)];
    if (base === entry.base && current === entry.current && mine === entry.mine) return entry;
    return { ...entry, base, current, mine };
  }
  const [base, theirs] = [redact(entry.base), redact(entry.theirs)];
  if (base === entry.base && theirs === entry.theirs && mine === entry.mine) return entry;
  const shows = (path: string) => isTombstone(theirs) || isShown(path, theirs, entry.theirs);
  return { ...entry, base, theirs, mine, conflicts: entry.conflicts.filter((one) => shows(one.path)) };
}

/** What was typed stays, also in a field that is hidden now. */
function redactMine(view: RecordView, mine: RecordState, base: RecordState | undefined): RecordState {
  if (isTombstone(mine)) return mine;
  const shown = view.redact(mine);
  if (shown === mine) return mine;
  return { ...shown, body: { ...shown.body, ...typedOnly(mine, base).body } };
}

function isShown(path: string, shown: RecordEnvelope, whole: RecordState): boolean {
  const name = path.replace(/^body\./, '').split(/[.[]/)[0] ?? '';
  return isTombstone(whole) || !Object.hasOwn(whole.body, name) || Object.hasOwn(shown.body, name);
}

/** A document that could not be read is kept only while whatever can be read of it is theirs to see. */
function seesRaw(view: RecordView, entry: Extract<InboxEntry, { type: 'invalid_document' }>): boolean {
  const raw = isJsonObject(entry.document) ? entry.document : {};
  const text = (name: string) => (typeof raw[name] === 'string' ? raw[name] : '');
  const owner = { createdBy: text('createdBy'), assignedTo: text('assignedTo') };
  return view.sees({ id: entry.recordId, kind: entry.kind, tenantId: text('tenantId'), ...owner });
}
