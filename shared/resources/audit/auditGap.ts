import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';
import { dataClasses } from './retentionRule.ts';

/** Stands where retention removed entries, or their content: which, why, and what links the rest, signed. */
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
    /** `prevHash` of the first and `hash` of the last entry removed; absent where only content was. */
    prevHash: field.text({ max: 64 }).optional(),
    lastHash: field.text({ max: 64 }).optional(),
    /** Times of the first and the last entry removed. */
    from: field.instant(),
    until: field.instant(),
    reason: field.text({ max: 400 }),
    removedAt: field.instant(),
    keyId: field.text({ max: 16 }),
    signature: field.text({ max: 128 }),
    /** Of a marker that stands for the content of entries between `first` and `last`: what those entries name it by. */
    mark: field.text({ max: 64 }).optional(),
    /** The kind of data, how many entries, and the seal of the last one; domain/audit/SPEC.md, G2. */
    covers: field.choice(dataClasses).optional(),
    count: field.integer({ min: 0 }).optional(),
    digest: field.text({ max: 64 }).optional(),
    ruleId: field.text({ max: 64 }).optional(),
    /** Id of who had it done; 'system' = the server by itself. */
    by: field.text({ max: 80 }).optional(),
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
