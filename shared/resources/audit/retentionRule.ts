import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** Kinds of data in the log that a rule can be about; domain/audit/dataClasses.ts says which entries are which. */
export const dataClasses = ['views', 'exports', 'runs', 'financial', 'security', 'changes'] as const;

/** How long the server keeps audit entries of a tenant ('' = of every tenant and of the platform), or what entries of one kind say. */
export const retentionRule = defineResource({
  kind: 'retentionRule',
  collection: 'access',
  permission: 'audit',
  scope: 'tenant-or-platform',
  writer: 'console',
  body: z.object({
    name: field.text({ min: 1 }),
    /** Whole entries, or the content of those of one kind. */
    covers: field.choice(['all', ...dataClasses]).default('all'),
    /** What is older than this goes, whole entries oldest first and without a hole: the rule of the tenant before the one for all. */
    days: field.integer({ min: 30, max: 36_500, unit: 'days' }),
    isActive: field.flag().default(false),
    lastRunAt: field.instant().default(''),
    removed: field.integer({ min: 0 }).default(0),
  }),
  serverFields: ['lastRunAt', 'removed'],
  unique: [{ fields: ['name'], within: 'tenant' }],
  list: {
    columns: [
      { path: 'body.name', width: 240 },
      { path: 'body.covers', width: 130 },
      { path: 'body.days', width: 110 },
      { path: 'body.isActive', width: 90 },
      { path: 'tenantId', width: 180 },
      { path: 'body.lastRunAt', width: 140 },
      { path: 'body.removed', width: 110 },
    ],
    defaultSort: 'body.name',
    search: ['name'],
  },
  title: (record) => record.body.name,
});
export type RetentionRule = RecordOf<typeof retentionRule>;
