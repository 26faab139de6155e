import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** The newest signed end of one tenant's chain ('' = the platform's). One record per chain, which moves. */
export const auditHead = defineResource({
  kind: 'auditHead',
  collection: 'access',
  permission: 'audit',
  scope: 'tenant-or-platform',
  writer: 'server',
  body: z.object({
    number: field.integer({ min: 0 }),
    hash: field.text({ max: 64 }),
    signedAt: field.instant(),
    keyId: field.text({ max: 16 }),
    /** Ed25519, base64url; over what domain/audit/SPEC.md says. */
    signature: field.text({ max: 128 }),
  }),
  list: {
    columns: [
      { path: 'tenantId', width: 200 },
      { path: 'body.number', width: 110 },
      { path: 'body.signedAt', width: 150 },
      { path: 'body.keyId', width: 180 },
    ],
    defaultSort: '-body.signedAt',
    search: ['hash'],
  },
  title: (record) => `${record.body.number}`,
});
export type AuditHead = RecordOf<typeof auditHead>;
