import * as z from 'zod';

/** HTTP beside the socket: sign-in. Times in seconds. */
export const loginSchema = z.object({
  email: z.string().min(3).max(320),
  password: z.string().min(1).max(1024),
  totp: z.string().max(20).optional(),
  clientId: z.string().min(1).max(64),
  device: z.string().max(200).default(''),
});
export type Login = z.infer<typeof loginSchema>;

/** Days; 0 = only while the server is heard. */
export const offlineDaysSchema = z.int().min(0).max(90);
/** Of a server that does not say. */
export const defaultOfflineDays = 14;

export const sessionAnswerSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresIn: z.int().min(1),
  staff: z.object({ id: z.string(), name: z.string(), email: z.string(), locale: z.string() }),
  /** How long a console may be used without hearing of its server; absent = 14. */
  offlineDays: offlineDaysSchema.optional(),
});
export type SessionAnswer = z.infer<typeof sessionAnswerSchema>;

export const refreshSchema = z.object({ refreshToken: z.string().min(1).max(1024) });
