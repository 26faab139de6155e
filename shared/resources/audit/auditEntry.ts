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
] as const;

const change = z.object({ path: z.string(), old: z.json().optional(), new: z.json().optional() });

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
    prevHash: field.text({ max: 64 }).default(''),
    hash: field.text({ max: 64 }).default(''),
  }),
  personalFields: ['actorName', 'address'],
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
    ],
    defaultSort: '-body.at',
    search: ['actorName', 'resourceName', 'resource', 'reason', 'resourceId'],
    lookups: ['body.resourceId'],
  },
  title: (record) => `${record.body.action} ${record.body.resourceName || record.body.resource}`,
});
export type AuditEntry = RecordOf<typeof auditEntry>;
