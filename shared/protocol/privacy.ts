import * as z from 'zod';

/** Requests about a person's data, over HTTP. Instants are ISO 8601 in UTC. */

/** `POST /v1/privacy/preview` (gdpr.view) → `previewAnswerSchema`. Written into the audit log. */
export const privacyPreviewSchema = z.object({
  subjectEmail: z.string().max(320).default(''),
  subjectName: z.string().max(200).default(''),
  /** Records that are the person, `kind:id`. */
  subjectRecords: z.array(z.string().min(3).max(110)).max(100).default([]),
  /** '' = all tenants. */
  tenantId: z.string().max(64).default(''),
});
export type PrivacyPreviewRequest = z.infer<typeof privacyPreviewSchema>;

const locationSchema = z.object({
  /** Where in the record: `body.data.customer.email`. */
  path: z.string(),
  occurrence: z.enum(['is', 'field', 'reference', 'text']),
});

export const previewAnswerSchema = z.object({
  /** Records looked through. */
  scanned: z.int(),
  /** The given records, and those of staff and members that have the address. */
  subjectRecords: z.array(z.string()),
  kinds: z.array(
    z.object({
      /** A kind of record, or `private:<area>` of what only the server keeps; of that there are no samples. */
      kind: z.string(),
      count: z.int(),
      samples: z.array(z.object({ id: z.string(), tenantId: z.string(), locations: z.array(locationSchema) })),
    }),
  ),
  /** Names of legal holds that would stop an erasure. */
  holds: z.array(z.string()),
});
export type PrivacyPreview = z.infer<typeof previewAnswerSchema>;

/** `GET /v1/privacy/requests/:id/proof` (gdpr.view) → this. The hash is SHA-256 of the document's canonical JSON (RFC 8785). */
export const privacyProofSchema = z.object({
  sha256: z.string(),
  document: z.record(z.string(), z.json()),
});
export type PrivacyProof = z.infer<typeof privacyProofSchema>;

/** `GET /v1/privacy/requests/:id/export` (gdpr.export) streams `{format: 'steward.privacy.export', version: 1, …, records, private}`. */

export const complianceChecks = [
  'raw_addresses',
  'old_salts',
  'missing_deadlines',
  'overdue_requests',
  'unsigned_heads',
  'no_second_factor',
  'grants_without_reason',
  'keys_without_expiry',
] as const;
export type ComplianceCheck = (typeof complianceChecks)[number];

/** `GET /v1/compliance` (gdpr.view, or audit.view, for all tenants) → this. */
export const complianceAnswerSchema = z.object({
  checkedAt: z.string(),
  checks: z.array(
    z.object({
      check: z.enum(complianceChecks),
      /** Things looked at. */
      looked: z.int(),
      count: z.int(),
      /** The first of them. `kind` and `id` of a record, or area and key; `path`: where in it. Never the value. */
      findings: z.array(z.object({ kind: z.string(), id: z.string(), path: z.string() })),
    }),
  ),
});
export type ComplianceAnswer = z.infer<typeof complianceAnswerSchema>;
