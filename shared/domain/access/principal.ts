import * as z from 'zod';

/** A limit on one field of one resource, part of a role. */
export const fieldRuleSchema = z.object({
  resource: z.string(),
  /** Top-level body field. */
  field: z.string(),
  access: z.enum(['hidden', 'read_only']),
});
export type FieldRule = z.infer<typeof fieldRuleSchema>;

/** What one role gives one person, where. */
export const grantSchema = z.object({
  /** Key of the role the grant comes from, for explanations. */
  role: z.string(),
  /** `resource.verb`, `resource.*` or `*`. */
  permissions: z.array(z.string()),
  tenants: z.union([z.literal('*'), z.array(z.string())]),
  fieldRules: z.array(fieldRuleSchema),
  /** ISO 8601; absent = does not expire. */
  expiresAt: z.string().optional(),
});
export type Grant = z.infer<typeof grantSchema>;

/** A grant that was, for explanations. */
export const expiredGrantSchema = grantSchema.extend({ expiresAt: z.string() });
export type ExpiredGrant = z.infer<typeof expiredGrantSchema>;

/** A signed-in person as permission decisions see them: unexpired grants only. Sent to their console in `hello`. */
export const principalSchema = z.object({
  id: z.string(),
  name: z.string(),
  grants: z.array(grantSchema),
  /** Tenants the person is assigned to; records there count as theirs. */
  assignedTenants: z.array(z.string()),
  /** What the person held until it expired. It decides nothing. */
  expired: z.array(expiredGrantSchema).optional(),
});
export type Principal = z.infer<typeof principalSchema>;
