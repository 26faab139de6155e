import * as z from 'zod';
import { offlineDaysSchema } from '../kernel/offlineDays.ts';

/** HTTP beside the socket: sign-in. Times in seconds. */
export const loginSchema = z.object({
  email: z.string().min(3).max(320),
  password: z.string().min(1).max(1024),
  totp: z.string().max(20).optional(),
  clientId: z.string().min(1).max(64),
  device: z.string().max(200).default(''),
});
export type Login = z.infer<typeof loginSchema>;

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
