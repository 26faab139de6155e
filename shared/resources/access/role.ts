import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

const fieldRule = z.object({ resource: z.string(), field: z.string(), access: z.enum(['hidden', 'read_only']) });

/** A named set of permissions, optionally limited to some tenants. */
export const role = defineResource({
  kind: 'role',
  collection: 'access',
  permission: 'roles',
  scope: 'platform',
  writer: 'console',
  body: z.object({
    key: field.code(/^[a-z][a-z0-9_]*$/),
    name: field.text({ min: 1 }),
    description: field.multiline({ max: 2000 }).default(''),
    isSystem: field.flag().default(false),
    /** `resource.verb`, `resource.*` or `*`. */
    permissions: field.tags().default([]),
    /** Tenant ids; empty = all tenants. */
    tenants: field.tags().default([]),
    fieldRules: field.json(z.array(fieldRule).max(200)).default([]),
  }),
  serverFields: ['isSystem'],
  unique: [{ fields: ['key'], within: 'platform' }],
  // Two who narrow the tenants at once must not leave none, which is all of them.
  merge: { permissions: 'set', tenants: 'whole' },
  list: {
    columns: [
      { path: 'body.name', width: 220 },
      { path: 'body.key', width: 160 },
      { path: 'body.isSystem', width: 90 },
      { path: 'body.permissions', width: 300 },
      { path: 'updatedAt', width: 130 },
    ],
    defaultSort: 'body.name',
    search: ['name', 'key', 'description'],
  },
  title: (record) => record.body.name,
});
export type Role = RecordOf<typeof role>;
