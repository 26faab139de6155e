import { decideRecordWrite } from '#shared/domain/writes/decideRecordWrite.ts';
import type { KindCheck } from '#shared/domain/writes/checkDecider.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import type { ReplicatedCollection } from '#shared/records/collections.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import { isTombstone, tombstoneOf } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import { resourceByKind } from '#shared/resources/registry.ts';
import type { RecordPatch } from '../replicaApi.ts';
import type { LocalData } from '../storage/localData.ts';
import type { LocalDocument, PendingEdit } from '../storage/localDocument.ts';

export interface LocalWrites {
  create: (
    kind: string,
    tenantId: string,
    body: JsonObject,
    options?: { assignedTo?: string },
  ) => Promise<Result<RecordEnvelope, Problem>>;
  edit: (kind: string, id: string, patch: RecordPatch) => Promise<Result<RecordEnvelope, Problem>>;
  remove: (kind: string, id: string) => Promise<Result<undefined, Problem>>;
  withdraw: (kind: string, id: string) => Promise<Result<undefined, Problem>>;
}

export interface LocalWritesOptions {
  data: LocalData;
  principal: () => Principal | undefined;
  clock: Clock;
  newId: IdSource;
  onWaiting: (collection: ReplicatedCollection) => void;
}

const nobody: Problem = problemOf('unauthenticated', saying('sign_in_to_keep'));

/** Edits of this person: decided by the server's own rules, stored with their mark in one write, sent later. */
export function createLocalWrites({ data, principal, clock, newId, onWaiting }: LocalWritesOptions): LocalWrites {
  /** Runs a decision under the collection's lock; a failing disk becomes a sentence. */
  const change = async <Value>(
    kind: string,
    id: string,
    decide: (
      resource: Resource,
      person: Principal,
      local: LocalDocument | undefined,
      check: KindCheck | undefined,
    ) => Result<{ value: Value; document?: LocalDocument }, Problem>,
  ): Promise<Result<Value, Problem>> => {
    const resource = resourceByKind(kind);
    const person = principal();
    if (!resource) return failure(problemOf('not_found', saying('no_such_kind', { kind })));
    if (!person) return failure(nobody);
    const collection = resource.collection as ReplicatedCollection;
    let outcome: Result<Value, Problem> | undefined;
    try {
      // Rules need parsers that nobody waits for when the console opens.
      const check = kind === 'rule' ? (await import('#shared/domain/writes/checkKind.ts')).checkKind : undefined;
      await data.update(collection, [id], (documents) => {
        const decided = decide(resource, person, documents.get(id), check);
        outcome = decided.ok ? success(decided.value.value) : decided;
        return decided.ok && decided.value.document ? [{ document: decided.value.document }] : [];
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return failure(problemOf('unavailable', saying('change_not_kept', { why: reason })));
    }
    onWaiting(collection);
    return outcome ?? failure(problemOf('internal', saying('change_not_decided')));
  };
  const now = () => new Date(clock()).toISOString();

  return {
    create: (kind, tenantId, body, options) => {
      const id = newId();
      return change(kind, id, (resource, person, _local, check) => {
        const at = now();
        const doc: RecordEnvelope = {
          id,
          kind,
          tenantId: kind === 'tenant' ? id : tenantId,
          status: resource.states?.initial ?? '',
          assignedTo: options?.assignedTo ?? '',
          createdAt: at,
          createdBy: person.id,
          updatedAt: at,
          updatedBy: person.id,
          version: 1,
          body,
        };
        const decided = decideRecordWrite({ resource, stored: undefined, doc, principal: person }, check);
        if (!decided.ok) return decided;
        const record = { ...decided.value.record, version: 1 } as RecordEnvelope;
        const pending: PendingEdit = { ...newEdit(null, newId(), at), reason: '' };
        return success({ value: record, document: { record, pending } });
      });
    },
    edit: (kind, id, patch) =>
      change(kind, id, (resource, person, local, check) => {
        const shown = local?.record;
        if (!local || !shown || isTombstone(shown)) return failure(missing(kind));
        const at = now();
        const doc: RecordEnvelope = {
          ...shown,
          body: { ...shown.body, ...patch.body },
          status: patch.status ?? shown.status,
          assignedTo: patch.assignedTo ?? shown.assignedTo,
          updatedAt: at,
          updatedBy: person.id,
          version: shown.version + 1,
        };
        const reason = patch.reason === undefined ? {} : { reason: patch.reason };
        // What this person made here is decided as a whole when it is sent; until then it is theirs to change.
        const decided = decideRecordWrite({ resource, stored: shown, doc, principal: person, ...reason }, check);
        if (!decided.ok) return decided;
        if (decided.value.outcome === 'unchanged') return success({ value: shown });
        const before = local.pending ?? newEdit(shown, '', at);
        const record = { ...decided.value.record, version: (before.base?.version ?? 0) + 1 } as RecordEnvelope;
        const moved = record.status !== shown.status;
        const pending: PendingEdit = {
          ...before,
          edit: newId(),
          editedAt: at,
          reason: patch.reason || before.reason,
          steps: moved ? [...before.steps, { status: record.status, reason: patch.reason ?? '', at }] : before.steps,
        };
        return success({ value: record, document: { record, pending } });
      }),
    remove: (kind, id) =>
      change<undefined>(kind, id, (resource, person, local) => {
        const shown = local?.record;
        if (!local || !shown || isTombstone(shown)) return failure(missing(kind));
        const base = local.pending ? local.pending.base : shown;
        const doc = tombstoneOf(shown, (base?.version ?? 0) + 1);
        const decided = decideRecordWrite({ resource, stored: shown, doc, principal: person });
        if (!decided.ok) return decided;
        // A record that never left this console leaves no trace, unless it may have arrived without an answer.
        const unknownToServer = local.pending !== null && local.pending.base === null && local.pending.sent === null;
        if (unknownToServer)
          return success({ value: undefined, document: { record: tombstoneOf(shown, 0), pending: null } });
        const pending = { ...(local.pending ?? newEdit(shown, '', now())), edit: newId(), editedAt: now(), steps: [] };
        return success({ value: undefined, document: { record: doc, pending } });
      }),
    withdraw: (kind, id) =>
      change<undefined>(kind, id, (_resource, _person, local) => {
        if (!local?.pending) return failure(problemOf('gone', saying('edit_sent_already')));
        return success({ value: undefined, document: withdrawn(local.record, local.pending, newId(), now()) });
      }),
  };
}

function newEdit(base: RecordState | null, edit: string, at: string): PendingEdit {
  return { base, edit, editedAt: at, reason: '', steps: [], sent: null, sentEdit: '', sentSteps: 0 };
}

function missing(kind: string): Problem {
  return problemOf('gone', saying('record_not_here', { kind }));
}

/** The record without the edit. What may have reached the server already is taken back by a further edit. */
function withdrawn(record: RecordState, pending: PendingEdit, edit: string, at: string): LocalDocument {
  const { base, sent } = pending;
  if (sent === null) return { record: base ?? tombstoneOf(record, 0), pending: null };
  const restored = base ? { ...base, version: base.version + 1 } : tombstoneOf(record, 1);
  return { record: restored, pending: { ...pending, edit, editedAt: at, reason: '', steps: [] } };
}
