import * as z from 'zod';
import type { AccessUse } from '../domain/access/accessTypes.ts';

const day = z.iso.date();

/** What is asked of `GET /v1/access-uses`; every part optional. */
export const accessUsesQuerySchema = z.object({
  /** First UTC day wanted, `2026-11-21`; default: all that is kept (90 days). */
  since: day.optional(),
  /** `before` of the page that came last; absent = the newest. */
  before: z
    .string()
    .max(300)
    .regex(/^\d{4}-\d{2}-\d{2}\|/)
    .refine((text) => day.safeParse(text.slice(0, 10)).success)
    .optional(),
  limit: z.coerce.number().int().min(1).max(20_000).default(5000),
});

const accessUseSchema = z.object({
  staffId: z.string(),
  permission: z.string(),
  tenantId: z.string(),
  own: z.boolean(),
  day,
  allowed: z.int().min(0),
  denied: z.int().min(0),
}) satisfies z.ZodType<AccessUse>;

/** Recorded accesses, the newest days first; `before` is that of the next page, null at the end. */
export const accessUsesAnswerSchema = z.object({ uses: z.array(accessUseSchema), before: z.string().nullable() });
export type AccessUsesAnswer = z.infer<typeof accessUsesAnswerSchema>;
