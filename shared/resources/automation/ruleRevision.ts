import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** A rule as it was saved once; immutable. */
export const ruleRevision = defineResource({
  kind: 'ruleRevision',
  collection: 'automation',
  permission: 'automation',
  scope: 'tenant-or-platform',
  writer: 'server',
  body: z.object({
    ruleId: field.reference('rule'),
    revision: field.integer({ min: 1 }),
    name: field.text(),
    snapshot: field.jsonObject(),
    savedBy: field.reference('staff').default(''),
    savedAt: field.instant(),
  }),
  list: {
    columns: [
      { path: 'body.name', width: 260 },
      { path: 'body.revision', width: 90 },
      { path: 'body.ruleId', width: 220 },
      { path: 'body.savedBy', width: 160 },
      { path: 'body.savedAt', width: 140 },
    ],
    defaultSort: '-body.savedAt',
    search: ['name', 'ruleId'],
    lookups: ['body.ruleId'],
  },
  title: (record) => `${record.body.name} · ${record.body.revision}`,
});
export type RuleRevision = RecordOf<typeof ruleRevision>;
