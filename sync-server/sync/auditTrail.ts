import { hashOfEntry, sealedForm } from '#shared/domain/audit/sealedForm.ts';
import { isJsonObject } from '#shared/kernel/json.ts';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import type { FieldDifference } from '#shared/records/recordDifferences.ts';
import type { Resource } from '#shared/records/defineResource.ts';
import type { auditActions } from '#shared/resources/audit/auditEntry.ts';
import type { ChainHead } from '../storage/store.ts';
import { serverCrypto } from './serverCrypto.ts';

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

/**
 * The body of a write's audit entry without its place in the chain. `differences`: of its two states. Secret fields appear as
 * `[REDACTED]`.
 */
export function auditBody(write: AuditedWrite, differences: readonly FieldDifference[], at: string): JsonObject {
  const { resource, before, after, actor } = write;
  const named = isTombstone(after) ? before : after;
  const changes = differences.map(({ path, before: from, after: to }) => {
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
    ...whoOf(actor),
    action: actionOf(
      write,
      changes.map((change) => change.path),
    ),
    resource: resource.kind,
    resourceId: after.id,
    resourceName: named && !isTombstone(named) ? cut(resource.titleOf(named), 400) : after.id,
    changes: changes as JsonObject[],
    reason: write.reason,
    requestId: write.requestId,
    madeOfflineAt: write.madeAt,
    durationMs: 0,
  };
}

function whoOf({ id, name, session = '', device = '', address = '', appVersion = '' }: Actor): JsonObject {
  return {
    actorId: cut(id, 80),
    actorName: cut(name, 200),
    session: cut(session, 64),
    device: cut(device, 200),
    address: cut(address, 64),
    appVersion: cut(appVersion, 40),
  };
}

/** The body of a note without its place in the chain. */
export function noteBody(note: AuditNote, at: string): JsonObject {
  const { actor } = note;
  return {
    number: 0,
    at,
    ...whoOf(actor),
    action: note.action,
    resource: cut(note.resource, 60),
    resourceId: cut(note.resourceId ?? '', 64),
    resourceName: cut(note.resourceName ?? '', 400),
    changes: wellFormed(note.changes ?? []),
    reason: cut(note.reason ?? '', 2000),
    requestId: cut(note.requestId ?? '', 80),
    madeOfflineAt: '',
    durationMs: note.durationMs ?? 0,
  };
}

function actionOf({ resource, before, after }: AuditedWrite, paths: readonly string[]): string {
  if (isTombstone(after)) return 'delete';
  if (resource.kind === 'legalHold' && (!before || isTombstone(before) || before.status !== after.status))
    return 'hold';
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

/** Bytes of an entry's salt. */
export const saltLength = 16;

/**
 * Gives an entry its place: the next number, the previous hash, what it commits to and its hash. Of an import some values may be
 * withheld already; then no salt is given.
 */
export function chainEntry(
  entry: RecordEnvelope,
  head: ChainHead | undefined,
  salt: Uint8Array,
): { entry: RecordEnvelope; head: ChainHead } {
  const number = (head?.number ?? 0) + 1;
  const placed = { ...entry.body, format: 2, number, prevHash: head?.hash ?? '', hash: '' };
  const { id, tenantId } = entry;
  const written = entry.body['commitments'];
  const isWritten =
    entry.body['format'] === 2 && entry.body['salt'] === '' && Array.isArray(written) && written.length > 0;
  const kept = isWritten ? sealedForm({ id, tenantId, body: placed }, serverCrypto) : undefined;
  const body: JsonObject = placed;
  if (!kept?.ok) {
    body['salt'] = base64Url(salt);
    body['commitments'] = [];
  }
  const hash = hashOfEntry({ id, tenantId, body }, serverCrypto);
  body['hash'] = hash;
  return { entry: { ...entry, body }, head: { number, hash } };
}

const base64Url = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');

/** Cut where it is too long, and valid Unicode: half a surrogate pair cannot be hashed. */
const cut = (text: string, longest: number) => text.slice(0, longest).toWellFormed();

function wellFormed(value: Json): Json {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key.toWellFormed(), wellFormed(held)]));
}
