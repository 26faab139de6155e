import type { Json, JsonObject } from '#shared/kernel/json.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';
import type { StoreReader } from '../../storage/store.ts';

/** Who did it, as the audit log names them. `address` is what `networkOf` makes of one. */
export interface AuditingActor {
  id: string;
  name: string;
  session?: string;
  address?: string;
}

export const systemActor: AuditingActor = { id: 'system', name: 'system' };

export interface AuditingNote {
  actor: AuditingActor;
  tenantId: string;
  action: 'export' | 'retention' | 'key_rotation';
  resource: 'auditEntry' | 'auditKey';
  resourceId?: string;
  resourceName?: string;
  changes: JsonObject[];
  reason?: string;
  requestId?: string;
  durationMs?: number;
}

/** What the audit log's own upkeep needs of a group commit. */
export interface AuditingBatch {
  reader: StoreReader;
  load: (ids: readonly string[]) => Promise<void>;
  get: (id: string) => RecordState | undefined;
  /** Without an entry of the audit log: what the server keeps by itself. */
  rewrite: (record: RecordState) => void;
  note: (note: AuditingNote) => void;
  getEntries: (area: string, keys: readonly string[]) => Promise<ReadonlyMap<string, Json>>;
  putEntry: (area: string, key: string, value: Json) => void;
  removeEntry: (area: string, key: string) => void;
}

/** Rows of work that shares its commit with no other: it reads what is stored, and must see what others put before it. */
export const alone = Number.POSITIVE_INFINITY;

/** Resolves once it is durable. The work may run twice, when a neighbour in the commit fails. */
export type AuditingWrite = <Answer>(rows: number, work: (batch: AuditingBatch) => Promise<Answer>) => Promise<Answer>;

/** A record of a kind that only the server writes. */
export function ownRecord(
  kind: string,
  { id, tenantId, at, body }: { id: string; tenantId: string; at: string; body: JsonObject },
): RecordEnvelope {
  return {
    id,
    kind,
    tenantId,
    status: '',
    assignedTo: '',
    createdAt: at,
    createdBy: 'system',
    updatedAt: at,
    updatedBy: 'system',
    version: 1,
    body,
  };
}
