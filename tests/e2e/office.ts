import { rmSync } from 'node:fs';
import { smallDemo, startServerProcess } from '#tests/support/serverProcess.ts';
import type { ServerProcess } from '#tests/support/serverProcess.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';
import { ConsolePage, newProfile, removeProfile } from './consolePage.ts';

/** A real server with small demo data, and consoles that are closed with it. */
export interface Office {
  server: ServerProcess;
  /** Opens a console on a new profile and signs in. */
  signedIn: (email: string) => Promise<ConsolePage>;
  /** Opens a console on a profile as it was left. */
  open: (profile: string) => Promise<ConsolePage>;
  newProfile: () => string;
  close: () => Promise<void>;
}

interface OfficeOptions {
  /** Of the server, after those of the demo; the last of a name counts. */
  serverOptions?: readonly string[];
  /** Where consoles save files instead of asking. */
  saveDirectory?: string;
}

export async function openOffice({ serverOptions = [], saveDirectory }: OfficeOptions = {}): Promise<Office> {
  const data = temporaryFolder('e2e');
  const server = await startServerProcess(data, ['--seed', 'demo', ...smallDemo, ...serverOptions]);
  const profiles: string[] = [];
  const consoles: ConsolePage[] = [];
  const open = async (profile: string) => {
    const opened = await ConsolePage.open({
      profile,
      serverUrl: server.url,
      ...(saveDirectory ? { saveDirectory } : {}),
    });
    consoles.push(opened);
    return opened;
  };
  const profile = () => {
    const made = newProfile();
    profiles.push(made);
    return made;
  };
  return {
    server,
    open,
    newProfile: profile,
    signedIn: async (email) => {
      const opened = await open(profile());
      await opened.signIn(email);
      return opened;
    },
    close: async () => {
      for (const one of consoles) await one.close().catch(() => undefined); // Closed by the scenario already.
      await server.stop();
      for (const one of profiles) removeProfile(one);
      rmSync(data, { recursive: true, force: true });
    },
  };
}
