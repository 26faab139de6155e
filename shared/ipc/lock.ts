import { z } from 'zod';
import { offlineDaysSchema } from '../kernel/offlineDays.ts';

/** Why the console is locked: asked for, nobody there, the computer slept or was locked, too long without its server. */
export const lockReasonSchema = z.enum(['', 'asked', 'idle', 'suspended', 'grace']);
export type LockReason = z.infer<typeof lockReasonSchema>;

export const lockStateSchema = z.strictObject({
  /** '' = open. */
  locked: lockReasonSchema,
  /** What opens it: a secret that is checked on this computer, or a sign-in with the server. */
  opensWith: z.enum(['password', 'pin', 'sign_in']),
  /** Which secret is checked on this computer. */
  secret: z.enum(['password', 'pin', 'none']),
  /** Wrong secrets before only a sign-in opens it. */
  triesLeft: z.int().min(0),
  /** Seconds before another secret is looked at. */
  waitSeconds: z.int().min(0),
  /** Days it opens without its server, as the server said last; 0 = some minutes. */
  offlineDays: offlineDaysSchema,
  /** ISO 8601: until when it opens without its server; '' = nobody is signed in. */
  graceEndsAt: z.string(),
});
export type LockState = z.infer<typeof lockStateSchema>;

export const unlockAnswerSchema = z.strictObject({ opened: z.boolean(), state: lockStateSchema });
export type UnlockAnswer = z.infer<typeof unlockAnswerSchema>;

/** Minutes without a touch before the console locks; 0 = never by itself. */
export const lockDelays = [0, 5, 15, 30, 60] as const;
export const lockSettingsSchema = z.strictObject({ lockAfterMinutes: z.literal(lockDelays) });
export type LockSettings = z.infer<typeof lockSettingsSchema>;

/** A PIN where there is no password. */
export const pinSchema = z.string().regex(/^\d{6,12}$/);

/** Main says on it that the lock closed or opened. */
export const lockChannel = 'lock.changed';
