import type { Principal } from '#shared/domain/access/principal.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import type { Clock, IdSource } from '#shared/kernel/sources.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';

export interface AuditNote {
  actor: Principal;
  tenantId: string;
  action: 'create' | 'update' | 'delete' | 'run';
  resource: string;
  resourceId: string;
  resourceName: string;
  /** What was done; no secret values. */
  changes: JsonObject[];
}

/** The audit entry of something that is no write of a record, as a batch takes it. */
export function auditNote(note: AuditNote, { ids, clock }: { ids: IdSource; clock: Clock }): RecordEnvelope {
  const at = new Date(clock()).toISOString();
  const { actor, tenantId, action, resource, resourceId, resourceName, changes } = note;
  const id = ids();
  return {
    id,
    kind: 'auditEntry',
    tenantId,
    status: '',
    assignedTo: '',
    createdAt: at,
    createdBy: 'system',
    updatedAt: at,
    updatedBy: 'system',
    version: 1,
    body: {
      number: 0,
      at,
      actorId: actor.id,
      actorName: actor.name,
      session: '',
      device: '',
      address: '',
      appVersion: '',
      action,
      resource,
      resourceId: resourceId.slice(0, 64),
      resourceName: resourceName.slice(0, 400),
      changes,
      reason: '',
      requestId: id,
      madeOfflineAt: '',
      durationMs: 0,
      prevHash: '',
      hash: '',
    },
  };
}
