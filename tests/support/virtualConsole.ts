import { success } from '#shared/kernel/result.ts';
import type { IdSource } from '#shared/kernel/sources.ts';
import { createReplica } from '#renderer/data/replica.ts';
import type { OpenedReplica } from '#renderer/data/replica.ts';
import type { Account } from '#renderer/data/session/account.ts';
import type { Leftovers } from '#renderer/data/session/leftovers.ts';
import type { StorageInstances } from '#renderer/data/storage/openDatabase.ts';
import { openEngine } from '#electron/replica/engines/openEngine.ts';
import { chooseStorage } from '#renderer/data/storage/chooseStorage.ts';
import { openBareInstances } from './bareInstances.ts';
import { startEngine } from './engineInProcess.ts';
import type { VirtualServer, Fate } from './virtualServer.ts';
import type { VirtualTime } from './virtualTime.ts';

export interface VirtualConsole {
  readonly replica: OpenedReplica;
  personId: string;
  /** Moves this computer's clock, forwards or back. */
  stepClock: (milliseconds: number) => void;
  /** While on, every write to the disk fails. */
  setDiskFull: (on: boolean) => void;
  /** Ends at once: nothing more is written or sent; then starts again on the same disk. */
  crash: () => Promise<void>;
  close: () => Promise<void>;
}

/** Disks in memory: what is tested here is what the console does with what it stored. */
const engine = startEngine('node', { openEngine: () => openEngine(':memory:') });
const storage = chooseStorage(engine.connect);
let disks = 0;

/** One console with its own clock and disk on a virtual line. Everything but the line, the clock and sign-in is the real thing. */
export async function startVirtualConsole(
  server: VirtualServer,
  time: VirtualTime,
  personId: string,
  options: { fate: Fate; random: () => number; newId: IdSource },
): Promise<VirtualConsole> {
  const disk = `disk-${disks++}`;
  let offset = 0;
  let life = 0;
  let diskFull = false;
  const opened: StorageInstances[] = [];

  const start = (): Promise<OpenedReplica> => {
    const mine = ++life;
    const alive = () => mine === life;
    const line = server.lineFor(personId, options.fate);
    return createReplica({
      serverUrl: 'virtual://server',
      clientId: `client-${disk}`,
      appVersion: '0',
      account: signedIn(personId),
      leftovers: nothingLeft,
      openLink: (auth, handlers) =>
        line(auth, {
          onMessage: (event, payload) => alive() && handlers.onMessage(event, payload),
          onDown: (problem) => alive() && handlers.onDown(problem),
        }),
      openStorage: async (name) => {
        const instances = await openBareInstances(`${disk}-${name}`, storage);
        opened.push(instances);
        return guarded(instances, () => {
          if (!alive()) throw new Error('this console has crashed');
          if (diskFull) throw new Error('no space left on the disk');
        });
      },
      clock: () => time.now() + offset,
      newId: options.newId,
      random: options.random,
      pause: () => Promise.resolve(),
      schedule: (milliseconds, work) => time.schedule(milliseconds, () => alive() && work()),
    });
  };
  let replica = await start();
  return {
    get replica() {
      return replica;
    },
    personId,
    stepClock: (milliseconds) => (offset += milliseconds),
    setDiskFull: (on) => (diskFull = on),
    crash: async () => {
      life += 1;
      replica.setWorkOffline(true);
      replica = await start();
    },
    close: async () => {
      life += 1;
      await replica.close();
      for (const instances of opened) await instances.remove().catch(() => undefined); // Removed already by an earlier life.
    },
  };
}

function signedIn(personId: string): Account {
  const session = { refreshToken: 'kept', email: `${personId}@steward.example`, serverUrl: 'virtual://server' };
  return {
    restore: async () => session,
    login: async () => success(session),
    accessToken: async () => success('token'),
    forgetAccessToken: () => undefined,
    logout: async () => undefined,
    adopt: async () => session,
    departure: async () => success({ ended: false, serverId: '' }),
    forget: async () => undefined,
    left: () => [],
    giveUp: async () => undefined,
  };
}

/** Nobody is sent away here. */
const nothingLeft: Leftovers = {
  save: async () => undefined,
  load: async () => '',
  belongTo: () => undefined,
  drafts: () => ({}),
  forgetDrafts: () => undefined,
  clean: () => undefined,
  cleaned: () => [],
  cleanedTold: () => undefined,
  putDrafts: () => undefined,
  forget: async () => undefined,
};

/** Checks before every write, as a full disk or the end of the process would. */
function guarded(instances: StorageInstances, check: () => void): StorageInstances {
  const guard = <Instance extends StorageInstances['inbox'] | StorageInstances['replicated']['runs']>(
    instance: Instance,
  ) =>
    new Proxy(instance, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (name !== 'bulkWrite') return value;
        return async (...parameters: unknown[]) => {
          check();
          return (value as (...given: unknown[]) => Promise<unknown>).apply(target, parameters);
        };
      },
    });
  return {
    ...instances,
    inbox: guard(instances.inbox),
    replicated: Object.fromEntries(
      Object.entries(instances.replicated).map(([name, instance]) => [name, guard(instance)]),
    ) as StorageInstances['replicated'],
  };
}
