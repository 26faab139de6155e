import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** Stands where retention removed entries: which, why, and the hashes on both sides, signed. */
export const auditGap = defineResource({
  kind: 'auditGap',
  collection: 'access',
  permission: 'audit',
  scope: 'tenant-or-platform',
  writer: 'server',
  body: z.object({
    /** Numbers of the first and the last entry removed. */
    first: field.integer({ min: 1 }),
    last: field.integer({ min: 1 }),
    /** `prevHash` of the first and `hash` of the last entry removed. */
    prevHash: field.text({ max: 64 }),
    lastHash: field.text({ max: 64 }),
    /** Times of the first and the last entry removed. */
    from: field.instant(),
    until: field.instant(),
    reason: field.text({ max: 400 }),
    removedAt: field.instant(),
    keyId: field.text({ max: 16 }),
    signature: field.text({ max: 128 }),
  }),
  list: {
    columns: [
      { path: 'tenantId', width: 200 },
      { path: 'body.first', width: 100 },
      { path: 'body.last', width: 100 },
      { path: 'body.removedAt', width: 150 },
      { path: 'body.reason', width: 260 },
    ],
    defaultSort: '-body.removedAt',
    search: ['reason'],
  },
  title: (record) => `${record.body.first}–${record.body.last}`,
});
export type AuditGap = RecordOf<typeof auditGap>;
