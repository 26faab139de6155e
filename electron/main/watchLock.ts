import type { LockState } from '#shared/ipc/lock.ts';
import type { ConsoleLock } from './consoleLock.ts';
import type { Settings } from './settings.ts';

/** The part of Electron's powerMonitor that is used here. */
interface PowerEvents {
  on: { (event: 'suspend', listener: () => void): unknown; (event: 'lock-screen', listener: () => void): unknown };
}

interface WatchLockOptions {
  lock: ConsoleLock;
  settings: Pick<Settings, 'lock'>;
  powerMonitor: PowerEvents;
  tell: (state: LockState) => void;
}

/** Milliseconds. */
const aMinute = 60_000;

/** Locks with the computer, counts the time without a server, and tells the windows. It lasts as long as the app. */
export function watchLock({ lock, settings, powerMonitor, tell }: WatchLockOptions): void {
  const close = () => {
    if (settings.lock().lockAfterMinutes !== 0) tell(lock.lock('suspended'));
  };
  powerMonitor.on('suspend', close);
  powerMonitor.on('lock-screen', close);
  let told = lock.state().locked;
  setInterval(() => {
    const state = lock.tick();
    if (state.locked !== told) tell(state);
    told = state.locked;
  }, aMinute).unref();
}
