import { createUuidV7Source } from '#shared/kernel/uuidV7.ts';
import type { Clock } from '#shared/kernel/sources.ts';
import type { Replica } from './replicaApi.ts';
import { createReplica } from './replica.ts';
import { createAccount } from './session/account.ts';
import type { Leftovers } from './session/leftovers.ts';
import type { SessionKeeper } from './session/account.ts';
import { chooseStorage } from './storage/chooseStorage.ts';
import { openDatabase } from './storage/openDatabase.ts';
import { createWindowPorts } from './storage/sqlite/windowPort.ts';
import type { PortSource } from './storage/sqlite/windowPort.ts';
import { takeOverDexie } from './storage/takeOverDexie.ts';
import type { TakeOverProgress } from './storage/takeOverDexie.ts';
import { createSocketTransport } from './sync/socketTransport.ts';

export interface ReplicaOptions {
  serverUrl: string;
  clientId: string;
  appVersion: string;
  session: SessionKeeper;
  leftovers: Leftovers;
  /** The shell's process that holds the replica. */
  engine: PortSource;
  /** A replica of an earlier console is being brought over. */
  onTakeOver: (progress: TakeOverProgress) => void;
  /** Shown in the list of sessions. */
  device?: string;
}

/** Opens the replica of this installation on the real storage, network and clock, signed in if a session was kept. */
export async function openReplica({
  serverUrl,
  clientId,
  appVersion,
  session,
  leftovers,
  engine,
  onTakeOver,
  device,
}: ReplicaOptions): Promise<Replica> {
  const clock: Clock = () => Date.now();
  const storage = chooseStorage(createWindowPorts(engine));
  const newId = createUuidV7Source(clock, (length) => crypto.getRandomValues(new Uint8Array(length)));
  const replica = await createReplica({
    serverUrl,
    clientId,
    appVersion,
    account: createAccount({ serverUrl, clientId, device: device ?? '', keeper: session, clock }),
    leftovers,
    openLink: createSocketTransport(serverUrl),
    openStorage: async (name) => {
      const opened = await openDatabase(name, storage);
      await takeOverDexie(name, opened, onTakeOver);
      return opened;
    },
    clock,
    newId,
    random: () => Math.random(),
    pause: () => new Promise((resume) => setTimeout(resume, 0)),
    schedule: (milliseconds, work) => {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  globalThis.addEventListener?.('online', replica.retryNow);
  return replica;
}
