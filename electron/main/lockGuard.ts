import { z } from 'zod';
import { defaultOfflineDays, offlineDaysSchema } from '#shared/kernel/offlineDays.ts';

/** What the shell keeps beside a session to lock and unlock the console; encrypted with it. Instants are milliseconds. */
export const lockGuardSchema = z.object({
  /** Checks the password or PIN offline; null = only a sign-in opens the console. */
  verifier: z.object({ kind: z.enum(['password', 'pin']), salt: z.base64(), hash: z.base64() }).nullable(),
  /** Wrong secrets in a row. */
  wrong: z.int().min(0),
  /** No secret is looked at before. */
  waitUntil: z.number(),
  locked: z.enum(['', 'asked', 'idle', 'suspended']),
  /** When a server last said that the session lives. */
  lastContact: z.number(),
  /** Days the console opens without its server, as the server said last. */
  offlineDays: offlineDaysSchema.default(defaultOfflineDays),
  /** The latest time seen, so that a clock set back gains nothing. */
  latestSeen: z.number(),
});
export type LockGuard = z.infer<typeof lockGuardSchema>;

export function freshGuard(now: number): LockGuard {
  return {
    verifier: null,
    wrong: 0,
    waitUntil: 0,
    locked: '',
    lastContact: now,
    offlineDays: defaultOfflineDays,
    latestSeen: now,
  };
}

/** Wrong secrets after which only a sign-in with the server opens the console. */
export const mostWrongSecrets = 10;
/** Milliseconds that a line may be broken, however few days a server allows. */
const leastGrace = 15 * 60_000;

/** Milliseconds the console opens without having heard of its server. */
export function graceOf({ offlineDays }: Pick<LockGuard, 'offlineDays'>): number {
  return Math.max(leastGrace, offlineDays * 86_400_000);
}

const freeTries = 3;
/** Seconds to wait after the fourth wrong secret and those that follow. */
const waits = [5, 15, 30, 60, 120, 300];

/** Milliseconds to wait after so many wrong secrets in a row. */
export function waitAfter(wrong: number): number {
  if (wrong < freeTries) return 0;
  return (waits[Math.min(wrong - freeTries, waits.length - 1)] ?? 0) * 1000;
}
