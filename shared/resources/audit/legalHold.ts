import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** While it is active nothing it covers is removed by retention nor by a privacy request. */
export const legalHold = defineResource({
  kind: 'legalHold',
  collection: 'access',
  permission: 'audit',
  /** '' covers the platform's log and every tenant's. */
  scope: 'tenant-or-platform',
  writer: 'console',
  body: z.object({
    name: field.text({ min: 1 }),
    reason: field.multiline({ max: 4000 }).default(''),
    /** '' = everything of the tenant; else entries about this record and entries by this person. */
    subjectId: field.text({ max: 64 }).default(''),
    /** Entries from this moment on; '' = from the beginning. */
    from: field.instant().default(''),
    /** Entries before this moment; '' = without end. */
    until: field.instant().default(''),
  }),
  states: {
    initial: 'active',
    states: { active: { order: 1, tone: 'warning' }, released: { order: 2, tone: 'neutral', terminal: true } },
    transitions: [{ from: 'active', to: 'released', permission: 'audit.manage', requires: ['reason'] }],
  },
  list: {
    columns: [
      { path: 'body.name', width: 240 },
      { path: 'status', width: 110 },
      { path: 'tenantId', width: 180 },
      { path: 'body.from', width: 140 },
      { path: 'body.until', width: 140 },
      { path: 'createdAt', width: 130 },
    ],
    defaultSort: '-createdAt',
    search: ['name', 'reason'],
  },
  title: (record) => record.body.name,
});
export type LegalHold = RecordOf<typeof legalHold>;
