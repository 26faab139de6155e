import { createHash } from 'node:crypto';
import { canonicalJson } from '#shared/kernel/canonicalJson.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import { recordDifferences } from '#shared/records/recordDifferences.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { auditActions } from '#shared/resources/audit/auditEntry.ts';
import type { ChainHead } from '../storage/store.ts';

export interface Actor {
  id: string;
  name: string;
  session?: string;
  device?: string;
  appVersion?: string;
  /** What `networkOf` makes of an address, never the address. */
  address?: string;
}

/** Something worth an entry of the log that is no write of a record: a sign-in, a refusal, an export. */
export interface AuditNote {
  actor: Actor;
  tenantId: string;
  action: (typeof auditActions)[number];
  /** Kind of what it is about, or `session`, `secret`, `push` … */
  resource: string;
  resourceId?: string;
  resourceName?: string;
  changes?: JsonObject[];
  reason?: string;
  requestId?: string;
  durationMs?: number;
}

export interface AuditedWrite {
  resource: Resource;
  before: RecordState | undefined;
  after: RecordState;
  actor: Actor;
  reason: string;
  madeAt: string;
  requestId: string;
}

/** The body of a write's audit entry without its place in the chain. Secret fields appear as `[REDACTED]`. */
export function auditBody(write: AuditedWrite, at: string): JsonObject {
  const { resource, before, after, actor } = write;
  const named = isTombstone(after) ? before : after;
  const changes = recordDifferences(before, after).map(({ path, before: from, after: to }) => {
    const secret = resource.secretFields.some((name) => path === `body.${name}` || path.startsWith(`body.${name}.`));
    const shown = (value: unknown) => (secret && value !== undefined ? '[REDACTED]' : value);
    return {
      path,
      ...(from === undefined ? {} : { old: shown(from) }),
      ...(to === undefined ? {} : { new: shown(to) }),
    };
  });
  return {
    number: 0,
    at,
    actorId: actor.id,
    actorName: actor.name,
    session: actor.session ?? '',
    device: actor.device ?? '',
    address: actor.address ?? '',
    appVersion: actor.appVersion ?? '',
    action: actionOf(
      write,
      changes.map((change) => change.path),
    ),
    resource: resource.kind,
    resourceId: after.id,
    resourceName: named && !isTombstone(named) ? resource.titleOf(named).slice(0, 400) : after.id,
    changes: changes as JsonObject[],
    reason: write.reason,
    requestId: write.requestId,
    madeOfflineAt: write.madeAt,
    durationMs: 0,
    prevHash: '',
    hash: '',
  };
}

/** The body of a note without its place in the chain. */
export function noteBody(note: AuditNote, at: string): JsonObject {
  const { actor } = note;
  return {
    number: 0,
    at,
    actorId: actor.id,
    actorName: actor.name,
    session: actor.session ?? '',
    device: actor.device ?? '',
    address: actor.address ?? '',
    appVersion: actor.appVersion ?? '',
    action: note.action,
    resource: note.resource,
    resourceId: (note.resourceId ?? '').slice(0, 64),
    resourceName: (note.resourceName ?? '').slice(0, 400),
    changes: note.changes ?? [],
    reason: (note.reason ?? '').slice(0, 2000),
    requestId: note.requestId ?? '',
    madeOfflineAt: '',
    durationMs: note.durationMs ?? 0,
    prevHash: '',
    hash: '',
  };
}

function actionOf({ resource, before, after }: AuditedWrite, paths: readonly string[]): string {
  if (isTombstone(after)) return 'delete';
  if (!before || isTombstone(before)) return 'create';
  if (before.status !== after.status) {
    if (after.status === 'approved') return 'approve';
    if (after.status === 'rejected') return 'reject';
    return 'transition';
  }
  if (resource.kind === 'flag') return 'flag_change';
  if (resource.kind === 'role' || (resource.kind === 'staff' && paths.includes('body.roles')))
    return 'permission_change';
  return paths.length === 1 && paths[0] === 'assignedTo' ? 'assign' : 'update';
}

/** Gives an entry its place: the next number, the previous hash, and SHA-256 over its canonical JSON without `hash`. */
export function chainEntry(
  entry: RecordEnvelope,
  head: ChainHead | undefined,
): { entry: RecordEnvelope; head: ChainHead } {
  const { hash: _none, ...rest } = entry.body;
  const body = { ...rest, number: (head?.number ?? 0) + 1, prevHash: head?.hash ?? '' };
  const hash = createHash('sha256').update(canonicalJson(body)).digest('hex');
  return { entry: { ...entry, body: { ...body, hash } }, head: { number: body.number, hash } };
}
