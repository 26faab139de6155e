import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** A key with which a tenant's systems send events. The key itself is shown once, and only its hash is kept, by the server. */
export const apiKey = defineResource({
  kind: 'apiKey',
  collection: 'access',
  permission: 'apiKeys',
  scope: 'tenant-or-platform',
  writer: 'server',
  body: z.object({
    name: field.text({ min: 1 }),
    /** First characters of the key, to tell keys apart. */
    prefix: field.text({ max: 20 }),
    /** '' = does not expire. */
    expiresAt: field.instant().default(''),
    lastUsedAt: field.instant().default(''),
  }),
  states: {
    initial: 'active',
    states: { active: { order: 1, tone: 'success' }, revoked: { order: 2, tone: 'neutral', terminal: true } },
    transitions: [{ from: 'active', to: 'revoked', by: 'server' }],
  },
  list: {
    columns: [
      { path: 'body.name', width: 240 },
      { path: 'body.prefix', width: 140 },
      { path: 'status', width: 110 },
      { path: 'tenantId', width: 180 },
      { path: 'body.expiresAt', width: 140 },
      { path: 'body.lastUsedAt', width: 140 },
      { path: 'createdAt', width: 130 },
    ],
    defaultSort: '-createdAt',
    search: ['name', 'prefix'],
  },
  title: (record) => record.body.name,
});
export type ApiKey = RecordOf<typeof apiKey>;
