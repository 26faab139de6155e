import type { AppInfo, IpcArguments, IpcChannel, IpcResult, MenuCommand } from './contract.ts';
import type { LockState } from './lock.ts';

type Call<Channel extends IpcChannel> = (...parameters: IpcArguments<Channel>) => Promise<IpcResult<Channel>>;

/** `window.steward`: the contract as one object. A refused call rejects with an Error that says why. */
export interface StewardBridge {
  session: {
    load: Call<'session.load'>;
    save: Call<'session.save'>;
    clear: Call<'session.clear'>;
    wipe: Call<'session.wipe'>;
  };
  lock: {
    state: Call<'lock.state'>;
    settings: Call<'lock.settings'>;
    setAfter: Call<'lock.setAfter'>;
    close: Call<'lock.close'>;
    open: Call<'lock.open'>;
    signedIn: Call<'lock.signedIn'>;
    setPassword: Call<'lock.setPassword'>;
    setPin: Call<'lock.setPin'>;
    contacted: Call<'lock.contacted'>;
    /** Calls `listener` when the shell locks or opens the console by itself; the answer ends that. */
    onChanged: (listener: (state: LockState) => void) => () => void;
  };
  sealed: { save: Call<'sealed.save'>; load: Call<'sealed.load'> };
  app: {
    info: () => Promise<AppInfo>;
    openExternal: Call<'app.openExternal'>;
    setServerUrl: Call<'app.setServerUrl'>;
  };
  /** Sign-in in the person's own browser. */
  signIn: {
    listen: Call<'signIn.listen'>;
    open: Call<'signIn.open'>;
    outcome: Call<'signIn.outcome'>;
    cancel: Call<'signIn.cancel'>;
    leave: Call<'signIn.leave'>;
  };
  file: {
    saveText: Call<'file.saveText'>;
    begin: Call<'file.begin'>;
    append: Call<'file.append'>;
    end: Call<'file.end'>;
  };
  shell: { setBadge: Call<'shell.setBadge'> };
  log: { write: Call<'log.write'> };
  replica: {
    /** Sends the window a port to the process that holds the replica, as the message `enginePortMessage`. */
    connect: Call<'replica.connect'>;
    /** That process ended. Ask for another port. */
    onLost: (listener: () => void) => () => void;
  };
  menu: {
    /** Calls `listener` for every menu command; the answer ends that. */
    onCommand: (listener: (command: MenuCommand) => void) => () => void;
  };
}

declare global {
  interface Window {
    readonly steward: StewardBridge;
  }
}
