import type { RxDocumentData, RxJsonSchema } from 'rxdb';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope, RecordState } from '#shared/records/envelope.ts';

/** One move through a state machine that the server has not seen yet. */
export interface UnsentStep {
  status: string;
  reason: string;
  /** ISO 8601; the `updatedAt` of the row that carries it. */
  at: string;
}

/** What the server does not have yet. It lives inside the record's own document, so an edit and its mark are one write. */
export interface PendingEdit {
  /** The server's record the edit was made on; null for a record made here. */
  base: RecordState | null;
  /** Names the newest state of the edit; every change of it gets a new name. */
  edit: string;
  editedAt: string;
  reason: string;
  /** Moves since `base`, oldest first: each must reach the server, since only neighbouring states follow each other. */
  steps: UnsentStep[];
  /** The state that may have reached the server although no answer came; null when nothing was sent since `base`. */
  sent: RecordState | null;
  sentEdit: string;
  /** How many of `steps` were part of `sent`. */
  sentSteps: number;
}

/** A record as the replica holds it. A tombstone without `pending` remembers a deletion of the server. */
export interface LocalDocument {
  record: RecordState;
  pending: PendingEdit | null;
}

/** The same as RxDB stores it: envelope on top, so that a storage may index its fields. */
export interface StoredDocument extends RecordEnvelope {
  pending: 0 | 1;
  deletedHere: boolean;
  edit: PendingEdit | null;
}

const text = (maxLength: number) => ({ type: 'string', maxLength }) as const;

export const replicaSchema: RxJsonSchema<StoredDocument> = {
  version: 1,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: text(64),
    kind: text(40),
    tenantId: text(64),
    status: text(40),
    assignedTo: text(64),
    createdAt: text(40),
    createdBy: text(80),
    updatedAt: text(40),
    updatedBy: text(80),
    version: { type: 'integer' },
    body: { type: 'object' },
    pending: { type: 'integer', minimum: 0, maximum: 1, multipleOf: 1 },
    deletedHere: { type: 'boolean' },
    edit: {},
  },
  required: ['id', 'kind', 'pending'],
  indexes: ['pending'],
};

export function toStored({ record, pending }: LocalDocument): RxDocumentData<StoredDocument> {
  const shown: RecordEnvelope = isTombstone(record) ? emptyEnvelope(record, pending?.base ?? null) : record;
  return {
    ...shown,
    version: record.version,
    pending: pending ? 1 : 0,
    deletedHere: isTombstone(record),
    edit: pending,
    _deleted: isTombstone(record) && pending === null,
    _attachments: {},
    _meta: { lwt: 0 },
    _rev: '',
  };
}

export function fromStored(stored: RxDocumentData<StoredDocument>): LocalDocument {
  const { id, kind, tenantId, version } = stored;
  if (stored.deletedHere || stored._deleted)
    return { record: { id, kind, tenantId, version, _deleted: true }, pending: stored.edit };
  return {
    record: {
      id,
      kind,
      tenantId,
      status: stored.status,
      assignedTo: stored.assignedTo,
      createdAt: stored.createdAt,
      createdBy: stored.createdBy,
      updatedAt: stored.updatedAt,
      updatedBy: stored.updatedBy,
      version,
      body: stored.body,
    },
    pending: stored.edit,
  };
}

function emptyEnvelope(record: RecordState, base: RecordState | null): RecordEnvelope {
  if (base && !isTombstone(base)) return base;
  return {
    id: record.id,
    kind: record.kind,
    tenantId: record.tenantId,
    status: '',
    assignedTo: '',
    createdAt: '',
    createdBy: '',
    updatedAt: '',
    updatedBy: '',
    version: record.version,
    body: {},
  };
}
