import type { LockSettings, LockState, UnlockAnswer } from '#shared/ipc/lock.ts';
import type { Replica } from '../replicaApi.ts';

/** The lock of the window, as the shell keeps it. */
export interface LockStore {
  get: () => LockState;
  observe: (listener: () => void) => () => void;
  settings: () => LockSettings;
  setLockAfter: (minutes: LockSettings['lockAfterMinutes']) => Promise<void>;
  lock: (reason: 'asked' | 'idle') => Promise<void>;
  unlock: (secret: string) => Promise<UnlockAnswer>;
  setPassword: (password: string) => Promise<void>;
  setPin: (pin: string | null) => Promise<void>;
  /** Asks the shell again, after a sign-in or a wipe. */
  refresh: () => Promise<void>;
}

/** Milliseconds between two words to the shell that the server was heard. */
const tellEvery = 5 * 60_000;

/** Reads the lock once; afterwards it is known at any time. Lives as long as the window. */
export async function openLockStore(replica: Pick<Replica, 'onStatus' | 'status'>): Promise<LockStore> {
  const shell = window.steward.lock;
  let [state, settings] = await Promise.all([shell.state(), shell.settings()]);
  const listeners = new Set<() => void>();
  const take = (next: LockState) => {
    state = next;
    listeners.forEach((listener) => listener());
  };
  shell.onChanged(take);

  let toldAt = -Infinity;
  let before = replica.status().connection;
  const heard = () => {
    const { connection, offlineDays } = replica.status();
    if (connection === 'signed_out' && before !== connection) void shell.state().then(take);
    before = connection;
    const news = offlineDays !== state.offlineDays || performance.now() - toldAt >= tellEvery;
    if (connection !== 'online' || !news) return;
    toldAt = performance.now();
    void shell.contacted(offlineDays).then(take);
  };
  heard();
  replica.onStatus(heard);
  // Nothing may be said on a line that is open for hours.
  setInterval(heard, tellEvery);

  return {
    get: () => state,
    observe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    settings: () => settings,
    setLockAfter: async (lockAfterMinutes) => {
      await shell.setAfter(lockAfterMinutes);
      settings = { ...settings, lockAfterMinutes };
      listeners.forEach((listener) => listener());
    },
    lock: async (reason) => take(await shell.close(reason)),
    unlock: async (secret) => {
      const answer = await shell.open(secret);
      take(answer.state);
      return answer;
    },
    setPassword: async (password) => take(await shell.setPassword(password)),
    setPin: async (pin) => take(await shell.setPin(pin)),
    refresh: async () => take(await shell.state()),
  };
}
