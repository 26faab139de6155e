import * as z from 'zod';
import { principalSchema } from '../domain/access/principal.ts';
import { errorCodes } from '../kernel/errors.ts';
import { replicatedCollections } from '../records/collections.ts';
import { envelopeSchema, tombstoneSchema } from '../records/envelope.ts';
import { offlineDaysSchema } from '../kernel/offlineDays.ts';

/** Every message of docs/protocol.md, schema first. Unknown fields are dropped by the parse, as the protocol demands. */
export const collectionSchema = z.enum(replicatedCollections);
export const checkpointSchema = z.object({ seq: z.int().min(0) });

/**
 * A document as a server sends it. A body field may be missing because the reader may not see it, so the body is not
 * checked against its kind here.
 */
export const documentSchema = z.union([tombstoneSchema, envelopeSchema]);

export const problemSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  path: z.string().optional(),
  details: z.unknown().optional(),
});
export const failedSchema = z.object({ ok: z.literal(false), error: problemSchema });
export type Failed = z.infer<typeof failedSchema>;

export const connectAuthSchema = z.object({
  token: z.string().min(1).max(8192),
  clientId: z.string().min(1).max(64),
  schemaVersion: z.int().min(0),
  appVersion: z.string().max(40),
});
export type ConnectAuth = z.infer<typeof connectAuthSchema>;

const tenantsSchema = z.union([z.literal('*'), z.array(z.string())]);

export const helloSchema = z.object({
  protocol: z.int(),
  schemaVersion: z.int(),
  /** Identity of the server's store; another one means another history. */
  serverId: z.string(),
  serverTime: z.iso.datetime(),
  /** Highest committed sequence; lower than a checkpoint taken before = restored from a backup. */
  sequence: z.int().min(0),
  principal: z.object({ id: z.string(), name: z.string() }),
  scope: z.object({ hash: z.string(), tenants: tenantsSchema }),
  permissions: z.array(z.string()),
  /** The grants behind `permissions`, so that the console decides exactly as the server does. */
  access: principalSchema,
  limits: z.object({ maxPush: z.int().min(1), maxPull: z.int().min(1), maxBytes: z.int().min(1) }),
  flags: z.record(z.string(), z.boolean()),
  /** True when the server was seeded with demo accounts. */
  demo: z.boolean(),
  /** How long a console may be used without hearing of its server; absent = 14. */
  offlineDays: offlineDaysSchema.optional(),
});
export type Hello = z.infer<typeof helloSchema>;

export const scopeSchema = z.object({
  hash: z.string(),
  tenants: tenantsSchema,
  permissions: z.array(z.string()),
  access: principalSchema,
});
export type Scope = z.infer<typeof scopeSchema>;

export const pullSchema = z.object({
  collection: collectionSchema,
  checkpoint: checkpointSchema.nullable(),
  limit: z.int().min(1).max(10_000),
  /** Start of the client's window: living documents whose `updatedAt` is earlier are left out. Deleted ones still come. */
  since: z.iso.datetime().optional(),
});
export type PullRequest = z.infer<typeof pullSchema>;

export const pullAnswerSchema = z.union([
  z.object({
    ok: z.literal(true),
    documents: z.array(z.unknown()),
    checkpoint: checkpointSchema,
    more: z.boolean(),
    /** Documents still to come after these, an estimate for progress. */
    remaining: z.int().min(0).optional(),
  }),
  failedSchema,
]);
export type PullAnswer = z.infer<typeof pullAnswerSchema>;

export const pushRowSchema = z.object({
  /** Version the edit was made on; 0 for a new record. */
  baseVersion: z.int().min(0),
  doc: documentSchema,
  /** Why, where a transition asks for it. */
  reason: z.string().max(2000).optional(),
  /** When the edit was made, by the console's clock; kept in the audit entry. */
  madeAt: z.iso.datetime().optional(),
});
export type PushRow = z.infer<typeof pushRowSchema>;

export const pushSchema = z.object({
  collection: collectionSchema,
  pushId: z.string().min(1).max(64),
  /** Rows are parsed one by one, so that one bad row does not refuse the others. */
  rows: z.array(z.unknown()).max(10_000),
});

export const rejectionSchema = z.object({
  id: z.string(),
  code: z.enum(errorCodes),
  message: z.string(),
  path: z.string().optional(),
  details: z.unknown().optional(),
  current: z.unknown(),
});
export type Rejection = z.infer<typeof rejectionSchema>;

export const pushAnswerSchema = z.union([
  z.object({
    ok: z.literal(true),
    conflicts: z.array(documentSchema),
    rejections: z.array(rejectionSchema),
  }),
  failedSchema,
]);
export type PushAnswer = z.infer<typeof pushAnswerSchema>;

export const changesSchema = z.object({
  collection: collectionSchema,
  documents: z.array(z.unknown()),
  checkpoint: checkpointSchema,
  /** These documents follow this checkpoint without a gap; a console behind it pulls instead. */
  since: checkpointSchema,
});
export type Changes = z.infer<typeof changesSchema>;

export const resyncSchema = z.object({ collections: z.array(collectionSchema).optional() });
export const byeSchema = z.object({ code: z.enum(errorCodes) });

/** Asks for a fingerprint of everything visible in a collection, to find and repair a silent difference. */
export const digestSchema = z.object({
  collection: collectionSchema,
  /** Start of the client's window: only records whose `updatedAt` is not earlier count. */
  since: z.iso.datetime().optional(),
});
export type DigestRequest = z.infer<typeof digestSchema>;
export const digestAnswerSchema = z.union([
  z.object({
    ok: z.literal(true),
    count: z.int().min(0),
    sequence: z.int().min(0),
    hash: z.string(),
  }),
  failedSchema,
]);
export type DigestAnswer = z.infer<typeof digestAnswerSchema>;
