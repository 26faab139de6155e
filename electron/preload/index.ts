import { contextBridge, ipcRenderer } from 'electron';
import type { IpcAnswer } from '#shared/ipc/answer.ts';
import type { StewardBridge } from '#shared/ipc/bridge.ts';
import type { LockState, lockChannel } from '#shared/ipc/lock.ts';
import type {
  IpcArguments,
  IpcChannel,
  IpcResult,
  MenuCommand,
  engineLostChannel,
  enginePortChannel,
  enginePortMessage,
  menuChannel,
} from '#shared/ipc/contract.ts';

// The contract's schemas stay in main, which checks them; only their types are needed here.
const menu: typeof menuChannel = 'menu.command';
const portChannel: typeof enginePortChannel = 'replica.port';
const lostChannel: typeof engineLostChannel = 'replica.lost';
const lockChanged: typeof lockChannel = 'lock.changed';
const portMessage: typeof enginePortMessage = 'steward.replica.port';

const call =
  <Channel extends IpcChannel>(channel: Channel) =>
  async (...parameters: IpcArguments<Channel>): Promise<IpcResult<Channel>> => {
    const answer: IpcAnswer = await ipcRenderer.invoke(channel, ...parameters);
    if (answer.ok) return answer.value as IpcResult<Channel>;
    throw new Error(`${answer.refusal.channel} (${answer.refusal.code}): ${answer.refusal.message}`);
  };

const bridge: StewardBridge = {
  session: {
    load: call('session.load'),
    save: call('session.save'),
    clear: call('session.clear'),
    wipe: call('session.wipe'),
  },
  lock: {
    state: call('lock.state'),
    settings: call('lock.settings'),
    setAfter: call('lock.setAfter'),
    close: call('lock.close'),
    open: call('lock.open'),
    signedIn: call('lock.signedIn'),
    setPassword: call('lock.setPassword'),
    setPin: call('lock.setPin'),
    contacted: call('lock.contacted'),
    onChanged: (listener) => {
      const receive = (_event: unknown, state: LockState) => listener(state);
      ipcRenderer.on(lockChanged, receive);
      return () => {
        ipcRenderer.off(lockChanged, receive);
      };
    },
  },
  sealed: { save: call('sealed.save'), load: call('sealed.load') },
  app: { info: call('app.info'), openExternal: call('app.openExternal'), setServerUrl: call('app.setServerUrl') },
  signIn: {
    listen: call('signIn.listen'),
    open: call('signIn.open'),
    outcome: call('signIn.outcome'),
    cancel: call('signIn.cancel'),
    leave: call('signIn.leave'),
  },
  file: {
    saveText: call('file.saveText'),
    begin: call('file.begin'),
    append: call('file.append'),
    end: call('file.end'),
  },
  shell: { setBadge: call('shell.setBadge') },
  log: { write: call('log.write') },
  replica: {
    connect: call('replica.connect'),
    onLost: (listener) => {
      const receive = () => listener();
      ipcRenderer.on(lostChannel, receive);
      return () => {
        ipcRenderer.off(lostChannel, receive);
      };
    },
  },
  menu: {
    onCommand: (listener) => {
      const receive = (_event: unknown, command: MenuCommand) => listener(command);
      ipcRenderer.on(menu, receive);
      return () => {
        ipcRenderer.off(menu, receive);
      };
    },
  },
};

contextBridge.exposeInMainWorld('steward', bridge);
// A port cannot cross the bridge; it can be posted to the page's own window.
ipcRenderer.on(portChannel, (event) => window.postMessage(portMessage, window.location.origin, event.ports));
