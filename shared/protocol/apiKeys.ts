import * as z from 'zod';

/** Body of `POST /v1/api-keys`. */
export const newApiKeySchema = z.object({
  name: z.string().trim().min(1).max(200),
  /** '' = the platform's, which may send events of every tenant. */
  tenantId: z.string().max(64),
  /** Absent = it does not expire. */
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});
export type NewApiKey = z.infer<typeof newApiKeySchema>;

/** Its answer; `key` is told this once. */
export const apiKeyAnswerSchema = z.object({ id: z.string(), key: z.string() });
export type ApiKeyAnswer = z.infer<typeof apiKeyAnswerSchema>;
