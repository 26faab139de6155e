import * as z from 'zod';
import { defineResource } from '../../records/defineResource.ts';
import type { RecordOf } from '../../records/defineResource.ts';
import { field } from '../../records/fields.ts';

/** A public key with which the server signs heads and gaps. Its private half never leaves the server. */
export const auditKey = defineResource({
  kind: 'auditKey',
  collection: 'access',
  permission: 'audit',
  scope: 'platform',
  writer: 'server',
  body: z.object({
    /** First 16 hexadecimal digits of SHA-256 over the raw public key. */
    keyId: field.text({ max: 16 }),
    /** Ed25519, 32 bytes raw, base64url. */
    publicKey: field.text({ max: 64 }),
    madeAt: field.instant(),
    /** '' = it signs now. */
    retiredAt: field.instant().default(''),
    /** Key that vouches for this one; '' = the first. */
    endorsedBy: field.text({ max: 16 }).default(''),
    /** That key's signature of what domain/audit/SPEC.md says, base64url; the first key's own. */
    endorsement: field.text({ max: 128 }).default(''),
  }),
  unique: [{ fields: ['keyId'], within: 'platform' }],
  list: {
    columns: [
      { path: 'body.keyId', width: 180 },
      { path: 'body.madeAt', width: 150 },
      { path: 'body.retiredAt', width: 150 },
      { path: 'body.endorsedBy', width: 180 },
    ],
    defaultSort: '-body.madeAt',
    search: ['keyId'],
  },
  title: (record) => record.body.keyId,
});
export type AuditKey = RecordOf<typeof auditKey>;
