import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** A person in a tenant's own organisation. */
export const member = defineResource({
  kind: 'member',
  collection: 'tenants',
  permission: 'members',
  scope: 'tenant',
  writer: 'console',
  body: z.object({
    name: field.text({ min: 1 }),
    email: field.email(),
    role: field.choice(['owner', 'admin', 'member', 'guest']).default('member'),
    joinedAt: field.instant().default(''),
    lastSeenAt: field.instant().default(''),
  }),
  personalFields: ['name', 'email'],
  serverFields: ['lastSeenAt'],
  unique: [{ fields: ['email'], within: 'tenant' }],
  list: {
    columns: [
      { path: 'body.name', width: 200 },
      { path: 'body.email', width: 240 },
      { path: 'body.role', width: 110 },
      { path: 'tenantId', width: 180 },
      { path: 'body.joinedAt', width: 130 },
      { path: 'body.lastSeenAt', width: 130 },
    ],
    defaultSort: 'body.name',
    search: ['name', 'email'],
  },
  title: (record) => record.body.name,
});
export type Member = RecordOf<typeof member>;
