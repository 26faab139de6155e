import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

const words = z.object({ en: z.string().max(400), ar: z.string().max(400), fr: z.string().max(400) });

/** An entry of the event catalogue: what may be sent and what its data must look like. */
export const eventType = defineResource({
  kind: 'eventType',
  collection: 'automation',
  permission: 'automation',
  scope: 'platform',
  writer: 'console',
  body: z.object({
    module: field.code(/^[a-z][a-z0-9_]*$/),
    code: field.code(/^[a-z][a-z0-9_.]*$/),
    description: field.json(words).default({ en: '', ar: '', fr: '' }),
    /** JSON Schema of the event's data. */
    dataSchema: field.jsonObject().default({ type: 'object' }),
    isActive: field.flag().default(true),
  }),
  unique: [{ fields: ['module', 'code'], within: 'platform' }],
  list: {
    columns: [
      { path: 'body.module', width: 140 },
      { path: 'body.code', width: 240 },
      { path: 'body.isActive', width: 90 },
      { path: 'updatedAt', width: 130 },
    ],
    defaultSort: 'body.module',
    search: ['module', 'code'],
  },
  title: (record) => `${record.body.module}.${record.body.code}`,
});
export type EventType = RecordOf<typeof eventType>;
