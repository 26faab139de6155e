import { rmSync } from 'node:fs';
import { z } from 'zod';
import { storedSessionSchema } from '#shared/ipc/contract.ts';
import type { Protection, StoredSession } from '#shared/ipc/contract.ts';
import { readJsonFile, writeFileAtomically } from './atomicFile.ts';
import { freshGuard, lockGuardSchema } from './lockGuard.ts';
import type { LockGuard } from './lockGuard.ts';

/** What encrypts; Electron's safeStorage behind the question how well it does so here. */
export interface Cipher {
  protection: () => Protection;
  encrypt: (text: string) => Buffer;
  decrypt: (data: Buffer) => string;
}

export interface SessionVault {
  /** The kept session, or null when there is none or it can no longer be decrypted. */
  load: () => StoredSession | null;
  /**
   * Keeps the session. What guards the screen stays: a locked screen is opened by its secret or a sign-in, never by another
   * session. Only the secret goes when the session is another person's or another server's.
   */
  save: (session: StoredSession) => Protection;
  /** Forgets the session; those of others that were left stay. */
  clear: () => void;
  /** What guards the screen of the kept session; null without one. */
  guard: () => LockGuard | null;
  /** Does nothing without a session. */
  changeGuard: (change: (guard: LockGuard) => LockGuard) => void;
}

const fileSchema = z.object({ protection: z.enum(['keychain', 'basic', 'none']), data: z.base64() });
/** Session and guard are one secret: who removes the guard removes the session. */
const contentSchema = z.object({ ...storedSessionSchema.shape, guard: lockGuardSchema.optional() });
const leftSchema = z.object({ left: storedSessionSchema.shape.left.unwrap() });
interface Content {
  current: { session: StoredSession; guard: LockGuard } | null;
  /** Of people over whose session somebody else signed in. */
  left: NonNullable<StoredSession['left']>;
}

/** Keeps the refresh token in one file that only this person may read, encrypted as well as the system can. */
export function openSessionVault(
  path: string,
  cipher: Cipher,
  complain: (message: string, error: unknown) => void,
  now: () => number,
): SessionVault {
  let known: Content | undefined;
  const nothing: Content = { current: null, left: [] };
  const read = (): Content => {
    const file = fileSchema.safeParse(readJsonFile(path)).data;
    if (!file) return nothing;
    const data = Buffer.from(file.data, 'base64');
    try {
      const stored: unknown = JSON.parse(file.protection === 'none' ? data.toString('utf8') : cipher.decrypt(data));
      const alone = leftSchema.strict().safeParse(stored);
      if (alone.success) return { current: null, left: alone.data.left };
      const { guard, left = [], ...session } = contentSchema.parse(stored);
      return { current: { session, guard: guard ?? freshGuard(now()) }, left };
    } catch (error) {
      complain('the stored session cannot be read; the person has to sign in again', error);
      return nothing;
    }
  };
  const content = () => (known ??= read());
  const write = (next: Content): Protection => {
    const protection = cipher.protection();
    const { current, left } = next;
    const text = JSON.stringify({ ...current?.session, ...(current && { guard: current.guard }), left });
    const data = protection === 'none' ? Buffer.from(text, 'utf8') : cipher.encrypt(text);
    writeFileAtomically(path, JSON.stringify({ protection, data: data.toString('base64') }));
    known = next;
    return protection;
  };
  return {
    load: () => {
      const { current, left } = content();
      return current && { ...current.session, ...(left.length > 0 && { left }) };
    },
    save: ({ left = content().left, ...session }) => {
      const before = content().current;
      const guard = before
        ? { ...before.guard, verifier: samePerson(before.session, session) ? before.guard.verifier : null }
        : freshGuard(now());
      return write({ current: { session, guard }, left });
    },
    clear: () => {
      const { left } = content();
      if (left.length > 0) write({ current: null, left });
      else rmSync(path, { force: true });
      known = { current: null, left };
    },
    guard: () => content().current?.guard ?? null,
    changeGuard: (change) => {
      const { current, left } = content();
      if (current) write({ current: { ...current, guard: change(current.guard) }, left });
    },
  };
}

function samePerson(before: StoredSession, after: StoredSession): boolean {
  if (before.serverUrl !== after.serverUrl) return false;
  return before.staffId !== undefined && after.staffId !== undefined
    ? before.staffId === after.staffId
    : before.email === after.email;
}
