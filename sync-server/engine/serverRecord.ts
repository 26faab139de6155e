import type { JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';

/** A new record of the server's own. `at` in milliseconds since the epoch. */
export function serverRecord(
  at: number,
  given: { id: string; kind: string; tenantId: string; status?: string; assignedTo?: string; body: JsonObject },
): RecordEnvelope {
  const moment = new Date(at).toISOString();
  return {
    id: given.id,
    kind: given.kind,
    tenantId: given.tenantId,
    status: given.status ?? '',
    assignedTo: given.assignedTo ?? '',
    createdAt: moment,
    createdBy: 'system',
    updatedAt: moment,
    updatedBy: 'system',
    version: 1,
    body: given.body,
  };
}

/** The next version of a record, changed by the server. */
export function changedByServer(
  record: RecordEnvelope,
  at: number,
  change: { status?: string; assignedTo?: string; body?: JsonObject },
): RecordEnvelope {
  return {
    ...record,
    status: change.status ?? record.status,
    assignedTo: change.assignedTo ?? record.assignedTo,
    updatedAt: new Date(at).toISOString(),
    updatedBy: 'system',
    version: record.version + 1,
    body: change.body ? { ...record.body, ...change.body } : record.body,
  };
}
