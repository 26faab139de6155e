import * as z from 'zod';
import type { JsonObject } from '../kernel/json.ts';

/** What every record carries, whatever its kind. `body` is checked by the kind's own schema. */
export const envelopeSchema = z.object({
  id: z.string().min(1).max(64),
  kind: z.string().min(1).max(40),
  tenantId: z.string().max(64),
  status: z.string().max(40),
  assignedTo: z.string().max(64),
  createdAt: z.iso.datetime(),
  createdBy: z.string().max(80),
  updatedAt: z.iso.datetime(),
  updatedBy: z.string().max(80),
  version: z.int().min(1),
  body: z.record(z.string(), z.json()),
});

export interface RecordEnvelope<Body = JsonObject> {
  /** UUIDv7, made where the record is made; the primary key. */
  id: string;
  kind: string;
  /** '' = belongs to the platform, not to one tenant. */
  tenantId: string;
  /** State of the kind's state machine; '' where it has none. */
  status: string;
  /** Staff id or ''. */
  assignedTo: string;
  /** ISO 8601 UTC. */
  createdAt: string;
  /** Staff id, 'system' or 'plugin:…'. */
  createdBy: string;
  updatedAt: string;
  updatedBy: string;
  /** 1, 2, 3 …; every accepted write raises it by at least 1. */
  version: number;
  body: Body;
}

/** What remains of a deleted record. */
export const tombstoneSchema = z.object({
  id: z.string().min(1).max(64),
  kind: z.string().min(1).max(40),
  tenantId: z.string().max(64),
  version: z.int().min(1),
  _deleted: z.literal(true),
  /** It went because a person was erased: nothing of it is to be kept aside anywhere. */
  erased: z.literal(true).optional(),
});
export type Tombstone = z.infer<typeof tombstoneSchema>;

/** A record as it travels: alive or deleted. */
export type RecordState = RecordEnvelope | Tombstone;

export function isTombstone(record: RecordState): record is Tombstone {
  return '_deleted' in record && record._deleted === true;
}

/** The tombstone that takes a record's place; `version` is the version of the deletion itself. */
export function tombstoneOf(record: RecordState, version: number): Tombstone {
  return { id: record.id, kind: record.kind, tenantId: record.tenantId, version, _deleted: true };
}
