import type { Problem } from '../../kernel/errors.ts';
import { jsonEqual } from '../../kernel/json.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { failure, success } from '../../kernel/result.ts';
import type { Result } from '../../kernel/result.ts';
import { problemOf, saying } from '../../kernel/sentences/sentence.ts';
import type { Resource } from '../../records/defineResource.ts';
import { envelopeSchema, isTombstone, tombstoneOf } from '../../records/envelope.ts';
import type { RecordEnvelope, RecordState } from '../../records/envelope.ts';
import { checkTransition } from '../../records/stateMachine.ts';
import { sameContent } from '../../records/mergeRecord.ts';
import { accessTargetOf, decideAccess } from '../access/decideAccess.ts';
import { hiddenFields, lockedFields } from '../access/fieldAccess.ts';
import type { Principal } from '../access/principal.ts';
import { fieldWithNewMark } from '../privacy/erasureMarks.ts';
import { isOwnChoice } from './ownChoices.ts';
import { checkDecider } from './checkDecider.ts';
import type { KindCheck } from './checkDecider.ts';
import { describeIssue, describeTransitionProblem, forbidden } from './problems.ts';

export interface WriteAttempt {
  resource: Resource;
  /** What is stored now; undefined when the id is new. */
  stored: RecordState | undefined;
  /** What the person wants stored. */
  doc: RecordState;
  /** `doc` came out of its schema, as what a console sent does; it is not read again. */
  isRead?: boolean;
  principal: Principal;
  /** Why, where a transition asks for it. */
  reason?: string;
}

export type WriteDecision =
  /** The stored record says the same already: a retry, nothing to do. */
  { outcome: 'unchanged'; record: RecordState } | { outcome: 'write'; record: RecordState };

/**
 * Decides one write of one person, in the console before the local write and again on the server with its own state of
 * things. Permission comes before anything that would reveal whether a record exists. Fields the person cannot see and
 * fields the server owns keep their stored values. Whether `doc` was made on the newest version is the caller's question.
 * `checkKind` is what the kind itself asks for; see `decideWrite`.
 */
export function decideRecordWrite(
  attempt: WriteAttempt,
  checkKind: KindCheck = checkDecider,
): Result<WriteDecision, Problem> {
  const { resource, stored, doc, principal } = attempt;
  if (resource.writer === 'server') {
    return failure(problemOf('read_only', saying('kind_read_only', { kind: resource.kind })));
  }
  if (stored && stored.kind !== doc.kind) {
    return failure(problemOf('invalid', saying('id_of_another_kind', { id: doc.id }), { path: 'kind' }));
  }
  const verb = isTombstone(doc) ? 'delete' : stored ? 'edit' : 'create';
  const permission = `${resource.permission}.${verb}`;
  // The tenant never changes (checked below), so the stored record decides: handing a record on to somebody is allowed.
  const owner = stored ?? doc;
  const allowed =
    decideAccess(principal, permission, accessTargetOf(owner)).allowed ||
    mayMoveOnly(attempt, owner) ||
    isOwnChoice(
      principal,
      stored,
      doc,
      stored && !isTombstone(stored) ? hiddenFields(principal, resource, stored) : [],
    );
  if (!allowed) return failure(forbidden(permission));
  if (isTombstone(doc)) return decideDelete(stored);
  if (stored && isTombstone(stored)) {
    return failure(problemOf('gone', saying('deleted_on_server')));
  }
  return decideSave(attempt, stored, doc, checkKind);
}

/** A person without edit may still make a transition that names its own permission, when it is the only change. */
function mayMoveOnly({ resource, stored, doc, principal }: WriteAttempt, owner: RecordState): boolean {
  if (!stored || isTombstone(stored) || isTombstone(doc) || stored.status === doc.status) return false;
  if (!sameContent({ ...doc, status: stored.status, body: visibleBody(stored, doc) }, stored)) return false;
  const move = resource.states?.transitions.find((one) => one.from === stored.status && one.to === doc.status);
  return move?.permission !== undefined && decideAccess(principal, move.permission, accessTargetOf(owner)).allowed;
}

function visibleBody(stored: RecordEnvelope, doc: RecordEnvelope): JsonObject {
  return { ...stored.body, ...doc.body };
}

function decideDelete(stored: RecordState | undefined): Result<WriteDecision, Problem> {
  if (!stored) return failure(problemOf('gone', saying('nothing_to_delete')));
  if (isTombstone(stored)) return success({ outcome: 'unchanged', record: stored });
  const record = tombstoneOf(stored, stored.version + 1);
  return success({ outcome: 'write', record });
}

function decideSave(
  { resource, principal, reason, isRead = false }: WriteAttempt,
  stored: RecordEnvelope | undefined,
  doc: RecordEnvelope,
  checkKind: KindCheck,
): Result<WriteDecision, Problem> {
  const envelope = isRead ? undefined : envelopeSchema.safeParse(doc);
  if (envelope?.success === false) return failure(describeIssue(envelope.error.issues[0], resource));
  const scopeProblem = checkScope(resource, doc, stored);
  if (scopeProblem) return failure(scopeProblem);

  const kept = new Set(
    stored ? [...hiddenFields(principal, resource, stored), ...resource.serverFields] : resource.serverFields,
  );
  const body: JsonObject = { ...doc.body };
  for (const name of kept) {
    delete body[name];
    const value = stored?.body[name];
    if (value !== undefined) body[name] = value;
  }
  const parsed = resource.body.safeParse(body);
  if (!parsed.success) {
    const problem = describeIssue(parsed.error.issues[0], resource);
    return failure({ ...problem, path: problem.path ? `body.${problem.path}` : 'body' });
  }
  const locked = stored ? lockedFields(principal, resource, stored) : [];
  const broken = locked.find((name) => !kept.has(name) && !jsonEqual(stored?.body[name], parsed.data[name]));
  if (broken) {
    const says = saying('field_locked', { kind: resource.kind, field: broken });
    return failure(problemOf('forbidden', says, { path: `body.${broken}` }));
  }
  const transition = checkStatus(resource, principal, stored, doc, reason);
  if (transition) return failure(transition);

  const record: RecordEnvelope = {
    ...doc,
    createdAt: stored?.createdAt ?? doc.createdAt,
    createdBy: stored?.createdBy ?? principal.id,
    updatedBy: principal.id,
    body: parsed.data as JsonObject,
  };
  if (stored && sameContent(stored, record)) return success({ outcome: 'unchanged', record: stored });
  // Consoles drop what they hold of a person when such a mark takes a value's place.
  const marked = stored && fieldWithNewMark(stored.body, record.body);
  if (marked !== undefined) {
    const says = saying('mark_of_erasure', { kind: resource.kind, field: marked });
    return failure(problemOf('invalid', says, { path: `body.${marked}` }));
  }
  const problem = checkKind({ stored, record, principal });
  if (problem) return failure(problem);
  return success({
    outcome: 'write',
    record: { ...record, version: (stored?.version ?? 0) + 1 },
  });
}

function checkScope(resource: Resource, doc: RecordEnvelope, stored: RecordEnvelope | undefined): Problem | undefined {
  if (stored && stored.tenantId !== doc.tenantId) {
    return problemOf('invalid', saying('tenant_moved'), { path: 'tenantId' });
  }
  if (resource.scope === 'tenant' && doc.tenantId === '') {
    return problemOf('invalid', saying('tenant_missing', { kind: resource.kind }), { path: 'tenantId' });
  }
  if (resource.scope === 'platform' && doc.tenantId !== '') {
    return problemOf('invalid', saying('tenant_given', { kind: resource.kind }), { path: 'tenantId' });
  }
  return undefined;
}

function checkStatus(
  resource: Resource,
  principal: Principal,
  stored: RecordEnvelope | undefined,
  doc: RecordEnvelope,
  reason: string | undefined,
): Problem | undefined {
  const machine = resource.states;
  if (!machine) {
    return doc.status === ''
      ? undefined
      : problemOf('invalid', saying('no_status', { kind: resource.kind }), { path: 'status' });
  }
  if (!stored) {
    if (doc.status === machine.initial) return undefined;
    const { kind } = resource;
    const says = saying('starts_otherwise', { kind, initial: machine.initial, status: doc.status });
    return problemOf('invalid_transition', says, { path: 'status', details: { allowed: [machine.initial] } });
  }
  if (stored.status === doc.status) return undefined;
  const problem = checkTransition(
    machine,
    {
      from: stored.status,
      to: doc.status,
      actor: 'person',
      ...(reason === undefined ? {} : { reason }),
    },
    `${resource.permission}.edit`,
    (permission) => decideAccess(principal, permission, accessTargetOf(stored)).allowed,
  );
  return problem && describeTransitionProblem(problem, { kind: resource.kind, from: stored.status, to: doc.status });
}
