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
  /** Keeps the session; what guards the screen stays while it is the same person's at the same server. */
  save: (session: StoredSession) => Protection;
  clear: () => void;
  /** What guards the screen of the kept session; null without one. */
  guard: () => LockGuard | null;
  /** Does nothing without a session. */
  changeGuard: (change: (guard: LockGuard) => LockGuard) => void;
}

const fileSchema = z.object({ protection: z.enum(['keychain', 'basic', 'none']), data: z.base64() });
/** Session and guard are one secret: who removes the guard removes the session. */
const contentSchema = z.object({ ...storedSessionSchema.shape, guard: lockGuardSchema.optional() });
type Content = StoredSession & { guard: LockGuard };

/** Keeps the refresh token in one file that only this person may read, encrypted as well as the system can. */
export function openSessionVault(
  path: string,
  cipher: Cipher,
  complain: (message: string, error: unknown) => void,
  now: () => number,
): SessionVault {
  let known: Content | null | undefined;
  const read = (): Content | null => {
    const file = fileSchema.safeParse(readJsonFile(path)).data;
    if (!file) return null;
    const data = Buffer.from(file.data, 'base64');
    try {
      const text = file.protection === 'none' ? data.toString('utf8') : cipher.decrypt(data);
      const content = contentSchema.parse(JSON.parse(text));
      return { ...content, guard: content.guard ?? freshGuard(now()) };
    } catch (error) {
      complain('the stored session cannot be read; the person has to sign in again', error);
      return null;
    }
  };
  const content = () => (known === undefined ? (known = read()) : known);
  const write = (next: Content): Protection => {
    const protection = cipher.protection();
    const text = JSON.stringify(next);
    const data = protection === 'none' ? Buffer.from(text, 'utf8') : cipher.encrypt(text);
    writeFileAtomically(path, JSON.stringify({ protection, data: data.toString('base64') }));
    known = next;
    return protection;
  };
  return {
    load: () => {
      const kept = content();
      return kept && { refreshToken: kept.refreshToken, email: kept.email, serverUrl: kept.serverUrl };
    },
    save: (session) => {
      const before = content();
      const same = before?.email === session.email && before.serverUrl === session.serverUrl;
      return write({ ...session, guard: same ? before.guard : freshGuard(now()) });
    },
    clear: () => {
      known = null;
      rmSync(path, { force: true });
    },
    guard: () => content()?.guard ?? null,
    changeGuard: (change) => {
      const before = content();
      if (before) write({ ...before, guard: change(before.guard) });
    },
  };
}
