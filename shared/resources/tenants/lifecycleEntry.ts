import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** One accepted move of a tenant through its lifecycle; append-only. */
export const lifecycleEntry = defineResource({
  kind: 'lifecycleEntry',
  collection: 'tenants',
  permission: 'tenants',
  scope: 'tenant',
  writer: 'server',
  body: z.object({
    from: field.text({ max: 40 }).default(''),
    to: field.text({ max: 40 }),
    reason: field.multiline({ max: 2000 }).default(''),
    triggeredBy: field.text({ max: 80 }).default('system'),
    triggerSource: field.choice(['system', 'user', 'job', 'edge', 'integration']).default('system'),
    at: field.instant(),
  }),
  list: {
    columns: [
      { path: 'tenantId', width: 200 },
      { path: 'body.from', width: 140 },
      { path: 'body.to', width: 140 },
      { path: 'body.reason', width: 280 },
      { path: 'body.triggerSource', width: 110 },
      { path: 'body.at', width: 140 },
    ],
    defaultSort: '-body.at',
    search: ['reason', 'to', 'from'],
  },
  title: (record) => (record.body.from ? `${record.body.from} → ${record.body.to}` : record.body.to),
});
export type LifecycleEntry = RecordOf<typeof lifecycleEntry>;
