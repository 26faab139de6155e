import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

export const auditActions = [
  'create',
  'update',
  'delete',
  'view',
  'export',
  'import',
  'login',
  'logout',
  'failed_login',
  'password_change',
  'permission_change',
  'transition',
  'approve',
  'reject',
  'run',
  'replay',
  'erase',
  'flag_change',
  'assign',
  'denied',
  'session_revoke',
  'second_factor_change',
  'reauthenticate',
  'locked_out',
  'invite',
  'anonymise',
  'hold',
  'retention',
  'key_rotation',
] as const;

const change = z.object({ path: z.string(), old: z.json().optional(), new: z.json().optional() });

/**
 * Stands for a value in the hash of an entry of which something was erased or is withheld; without `salt` it is the value
 * itself. See domain/audit/SPEC.md, C5.
 */
const commitment = z.object({
  /** Where the value stands in the body: `actorName`, `changes.0.old`. */
  path: z.string().max(60),
  /** SHA-256, hexadecimal. */
  hash: z.string().length(64),
  /** The value's own salt, base64url. */
  salt: z.string().max(40).optional(),
});
export type Commitment = z.infer<typeof commitment>;

/** One line of the append-only log. Number and hashes chain the entries of a tenant (or of the platform). */
export const auditEntry = defineResource({
  kind: 'auditEntry',
  collection: 'audit',
  permission: 'audit',
  scope: 'tenant-or-platform',
  writer: 'server',
  body: z.object({
    number: field.integer({ min: 0 }),
    at: field.instant(),
    actorId: field.text({ max: 80 }),
    actorName: field.text(),
    session: field.text({ max: 64 }).default(''),
    device: field.text().default(''),
    address: field.text({ max: 64 }).default(''),
    appVersion: field.text({ max: 40 }).default(''),
    action: field.choice(auditActions),
    resource: field.text({ max: 60 }),
    resourceId: field.text({ max: 64 }).default(''),
    resourceName: field.text({ max: 400 }).default(''),
    changes: field.json(z.array(change)).default([]),
    reason: field.multiline({ max: 2000 }).default(''),
    requestId: field.text({ max: 80 }).default(''),
    madeOfflineAt: field.instant().default(''),
    durationMs: field.integer({ min: 0, unit: 'milliseconds' }).default(0),
    /** How the entry is hashed: 1 without commitments, 2 with; 3 = a retention rule removed its content. */
    format: field.integer({ min: 1, max: 3 }).default(1),
    /** 16 random bytes, base64url; '' = see `commitments`. */
    salt: field.text({ max: 40 }).default(''),
    commitments: field.json(z.array(commitment)).default([]),
    /** Of an entry without content the marker that covers it, and its place among those of the marker; SPEC.md, G2. */
    thinned: field
      .json(z.object({ mark: z.string().max(64), thread: z.string().max(64), seal: z.string().max(64) }))
      .optional(),
    prevHash: field.text({ max: 64 }).default(''),
    hash: field.text({ max: 64 }).default(''),
  }),
  personalFields: ['actorName', 'device', 'address', 'resourceName', 'changes', 'reason'],
  list: {
    columns: [
      { path: 'body.at', width: 150 },
      { path: 'body.actorName', width: 160 },
      { path: 'body.action', width: 120 },
      { path: 'body.resource', width: 110 },
      { path: 'body.resourceName', width: 220 },
      { path: 'tenantId', width: 160 },
      { path: 'body.reason', width: 200, shown: false },
      { path: 'body.number', width: 90, shown: false },
      { path: 'body.address', width: 130, shown: false },
      { path: 'body.session', width: 160, shown: false },
      { path: 'body.requestId', width: 160, shown: false },
    ],
    defaultSort: '-body.at',
    search: ['actorName', 'resourceName', 'resource', 'reason', 'resourceId'],
    lookups: ['body.resourceId', 'body.actorId', ['tenantId', 'body.number']],
  },
  title: (record) => `${record.body.action} ${record.body.resourceName || record.body.resource}`,
});
export type AuditEntry = RecordOf<typeof auditEntry>;
