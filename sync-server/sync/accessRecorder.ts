import { accessTargetOf } from '#shared/domain/access/decideAccess.ts';
import type { AccessUse } from '#shared/domain/access/accessTypes.ts';
import type { Principal } from '#shared/domain/access/principal.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordState } from '#shared/records/envelope.ts';
import { requireResource } from '#shared/resources/registry.ts';
import type { Actor, AuditNote } from './auditTrail.ts';

/** What is refused to somebody who may be told of it. */
export interface Denial {
  actor: Actor;
  permission: string;
  /** Kind of record, or the address of a route. */
  resource: string;
  /** '' where the person may not know it. */
  resourceId: string;
  tenantId: string;
}

/** Keeps count of how people use their rights. Nothing of it takes part in a decision. */
export interface AccessRecorder {
  used: (use: Omit<AccessUse, 'day' | 'allowed' | 'denied'>, allowed: boolean) => void;
  /**
   * A refusal for the audit log: true = the first of its kind in this minute, the caller writes it down; false = it is counted
   * and told with the others when the minute is over.
   */
  denied: (denial: Denial) => boolean;
}

/** The entry of the audit log for `count` refusals. */
export function denialNote({ actor, permission, resource, resourceId, tenantId }: Denial, count: number): AuditNote {
  const changes = [{ path: 'permission', new: permission }, ...(count > 1 ? [{ path: 'count', new: count }] : [])];
  return { actor, tenantId, action: 'denied', resource, resourceId, changes };
}

/** What a dangerous act is answered in a session that proved nothing lately. */
export function askAgain(permission: string): Problem {
  return problemOf('reauthentication_required', saying('prove_for_permission', { permission }), {
    details: { permission },
  });
}

interface Recording {
  principal: Principal;
  actor: Actor;
  recorder?: AccessRecorder;
}

export function recordUses(
  { principal, recorder }: Recording,
  permissions: readonly string[],
  record: RecordState,
  allowed: boolean,
): void {
  if (!recorder) return;
  const own = isOwn(principal, record);
  for (const permission of permissions)
    recorder.used({ staffId: principal.id, permission, tenantId: record.tenantId, own }, allowed);
}

/** A refused row: counted, and in the audit log once a minute. Of what the person may not see it tells the kind only. */
export function recordDenial(
  batch: { note: (note: AuditNote) => void },
  pusher: Recording,
  resource: Resource,
  { stored, doc }: { stored: RecordState | undefined; doc: RecordState },
  problem: Problem,
): void {
  const { recorder, actor } = pusher;
  if (!recorder) return;
  const verb = isTombstone(doc) ? 'delete' : stored ? 'edit' : 'create';
  const named = (problem.details as { permission?: unknown } | undefined)?.permission;
  const permission = typeof named === 'string' ? named : `${resource.permission}.${verb}`;
  // What was asked about an unknown record says nothing reliable about a tenant.
  recordUses(pusher, [permission], stored ?? { ...doc, tenantId: '' }, false);
  const about = { resourceId: stored?.id ?? '', tenantId: stored?.tenantId ?? '' };
  const denial = { actor, permission, resource: resource.kind, ...about };
  if (recorder.denied(denial)) batch.note(denialNote(denial, 1));
}

/** One use of `view` for each kind among what is shown: that of its first record. */
export function recordViews(recorder: AccessRecorder, principal: Principal, shown: readonly RecordState[]): void {
  const seen = new Set<string>();
  for (const record of shown) {
    if (isTombstone(record) || seen.has(record.kind)) continue;
    seen.add(record.kind);
    const permission = `${requireResource(record.kind).permission}.view`;
    recorder.used(
      { staffId: principal.id, permission, tenantId: record.tenantId, own: isOwn(principal, record) },
      true,
    );
  }
}

function isOwn(principal: Principal, record: RecordState): boolean {
  const { createdBy, assignedTo, tenantId } = accessTargetOf(record);
  if (createdBy === principal.id || assignedTo === principal.id) return true;
  return tenantId !== '' && principal.assignedTenants.includes(tenantId);
}
