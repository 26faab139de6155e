import type { AppInfo, IpcArguments, IpcChannel, IpcResult, MenuCommand } from './contract.ts';

type Call<Channel extends IpcChannel> = (...parameters: IpcArguments<Channel>) => Promise<IpcResult<Channel>>;

/** `window.steward`: the contract as one object. A refused call rejects with an Error that says why. */
export interface StewardBridge {
  session: { load: Call<'session.load'>; save: Call<'session.save'>; clear: Call<'session.clear'> };
  app: {
    info: () => Promise<AppInfo>;
    openExternal: Call<'app.openExternal'>;
    setServerUrl: Call<'app.setServerUrl'>;
  };
  file: { saveText: Call<'file.saveText'> };
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
