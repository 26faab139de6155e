import { z } from 'zod';
import { lockDelays } from '#shared/ipc/lock.ts';
import type { LockSettings } from '#shared/ipc/lock.ts';
import { readJsonFile, writeFileAtomically } from './atomicFile.ts';
import { parseAddress } from './parseAddress.ts';

const defaultServerUrl = 'http://127.0.0.1:4780';

const settingsSchema = z.object({
  serverUrl: z.string().optional(),
  clientId: z.uuid().optional(),
  lockAfterMinutes: z.literal(lockDelays).default(15).catch(15),
});

export interface Settings {
  serverUrl: () => string;
  /** Keeps another server; throws an Error in words when the address is none. */
  setServerUrl: (address: string) => void;
  /** Names this installation to the server. */
  clientId: string;
  lock: () => LockSettings;
  setLockAfter: (minutes: LockSettings['lockAfterMinutes']) => void;
}

/** Settings of this installation. `given` (from the environment) wins over the file until the person sets another. */
export function openSettings(path: string, given: string | undefined, newId: () => string): Settings {
  const stored = settingsSchema.safeParse(readJsonFile(path)).data ?? settingsSchema.parse({});
  const clientId = stored.clientId ?? newId();
  const kept = { ...stored, clientId };
  if (!stored.clientId) writeFileAtomically(path, JSON.stringify(kept, null, 2));
  let serverUrl = serverOrigin(given ?? stored.serverUrl ?? defaultServerUrl);
  return {
    serverUrl: () => serverUrl,
    setServerUrl: (address) => {
      serverUrl = serverOrigin(address);
      kept.serverUrl = serverUrl;
      writeFileAtomically(path, JSON.stringify(kept, null, 2));
    },
    clientId,
    lock: () => ({ lockAfterMinutes: kept.lockAfterMinutes }),
    setLockAfter: (minutes) => {
      kept.lockAfterMinutes = minutes;
      writeFileAtomically(path, JSON.stringify(kept, null, 2));
    },
  };
}

/** The origin of a sync server's address. Anything but http or https, or with a password in it, is refused in words. */
export function serverOrigin(address: string): string {
  const url = parseAddress(address.trim());
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') {
    throw new Error(`"${address}" is no server address; expected something like https://steward.example.org`);
  }
  return url.origin;
}
