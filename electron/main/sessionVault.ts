import { rmSync } from 'node:fs';
import { z } from 'zod';
import { storedSessionSchema } from '#shared/ipc/contract.ts';
import type { Protection, StoredSession } from '#shared/ipc/contract.ts';
import { readJsonFile, writeFileAtomically } from './atomicFile.ts';

/** What encrypts; Electron's safeStorage behind the question how well it does so here. */
export interface Cipher {
  protection: () => Protection;
  encrypt: (text: string) => Buffer;
  decrypt: (data: Buffer) => string;
}

export interface SessionVault {
  /** The kept session, or null when there is none or it can no longer be decrypted. */
  load: () => StoredSession | null;
  save: (session: StoredSession) => Protection;
  clear: () => void;
}

const fileSchema = z.object({ protection: z.enum(['keychain', 'basic', 'none']), data: z.base64() });

/** Keeps the refresh token in one file that only this person may read, encrypted as well as the system can. */
export function openSessionVault(
  path: string,
  cipher: Cipher,
  complain: (message: string, error: unknown) => void,
): SessionVault {
  return {
    load: () => {
      const file = fileSchema.safeParse(readJsonFile(path)).data;
      if (!file) return null;
      const data = Buffer.from(file.data, 'base64');
      try {
        const text = file.protection === 'none' ? data.toString('utf8') : cipher.decrypt(data);
        return storedSessionSchema.parse(JSON.parse(text));
      } catch (error) {
        complain('the stored session cannot be read; the person has to sign in again', error);
        return null;
      }
    },
    save: (session) => {
      const protection = cipher.protection();
      const text = JSON.stringify(session);
      const data = protection === 'none' ? Buffer.from(text, 'utf8') : cipher.encrypt(text);
      writeFileAtomically(path, JSON.stringify({ protection, data: data.toString('base64') }));
      return protection;
    },
    clear: () => rmSync(path, { force: true }),
  };
}
