import { app } from 'electron';
import type { AppInfo } from '#shared/ipc/contract.ts';
import type { ConsoleLock } from '../consoleLock.ts';
import type { Log } from '../logFile.ts';
import { openExternal } from '../openExternal.ts';
import type { SignInBrowser } from '../oidc/signInBrowser.ts';
import type { SealedFolder } from '../sealedFolder.ts';
import type { Cipher, SessionVault } from '../sessionVault.ts';
import type { Settings } from '../settings.ts';
import type { IpcCaller, IpcHandlers } from './handle.ts';
import type { FileWriters } from './fileWriters.ts';
import { saveText } from './saveText.ts';

export interface HandlerParts {
  vault: SessionVault;
  lock: ConsoleLock;
  sealed: SealedFolder;
  cipher: Cipher;
  settings: Settings;
  files: FileWriters;
  signInBrowser: SignInBrowser;
  log: Log;
  /** Removes logs and crash reports: they may hold what somebody saw. */
  forgetTraces: () => void;
  /** Sends the page a port to the process that holds the replica. */
  connectReplica: (page: IpcCaller) => void;
  /** Loads the page again, under the policy for the server of the moment. */
  reload: () => void;
}

/** What the shell does for each call of the contract. */
export function ipcHandlers({
  vault,
  lock,
  sealed,
  cipher,
  settings,
  files,
  signInBrowser,
  log,
  forgetTraces,
  connectReplica,
  reload,
}: HandlerParts): IpcHandlers {
  return {
    'session.load': () => vault.load(),
    'session.save': (session) => ({ protection: vault.save(session) }),
    'session.clear': () => {
      vault.clear();
      return null;
    },
    'session.wipe': () => {
      vault.clear();
      forgetTraces();
      return null;
    },
    'lock.state': () => lock.state(),
    'lock.settings': () => settings.lock(),
    'lock.setAfter': (minutes) => {
      settings.setLockAfter(minutes);
      return null;
    },
    'lock.close': (reason) => lock.lock(reason),
    'lock.open': (secret) => lock.unlock(secret),
    'lock.signedIn': (password) => lock.signedIn(password),
    'lock.setPassword': (value) => lock.setSecret({ kind: 'password', value }),
    'lock.setPin': (value) => lock.setSecret(value === null ? null : { kind: 'pin', value }),
    'lock.contacted': (offlineDays) => lock.contacted(offlineDays),
    'sealed.save': (name, content) => {
      sealed.save(name, content);
      return null;
    },
    'sealed.load': (name) => sealed.load(name),
    'app.info': () => ({
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      chrome: process.versions['chrome'] ?? '',
      platform: process.platform,
      serverUrl: settings.serverUrl(),
      clientId: settings.clientId,
      demo: demoAccount(),
      protection: cipher.protection(),
    }),
    'app.openExternal': async (address) => {
      await openExternal(address);
      return null;
    },
    'app.setServerUrl': (address) => {
      settings.setServerUrl(address);
      // After the answer has left.
      setImmediate(reload);
      return null;
    },
    'signIn.listen': (locale) => signInBrowser.listen(locale),
    'signIn.open': (address) => signInBrowser.open(address),
    'signIn.outcome': () => signInBrowser.outcome(),
    'signIn.cancel': () => {
      signInBrowser.cancel();
      return null;
    },
    'signIn.leave': (path) => signInBrowser.leave(new URL(path, settings.serverUrl()).href),
    'file.saveText': saveText,
    'file.begin': files.begin,
    'file.append': files.append,
    'file.end': files.end,
    'shell.setBadge': (count) => {
      app.setBadgeCount(count);
      return null;
    },
    'replica.connect': (page) => {
      connectReplica(page);
      return null;
    },
    'log.write': ({ level, message }) => {
      log(level, 'page', message);
      return null;
    },
  };
}

/** `npm start` names the account of the demo data, so that the console signs in to it by itself. */
function demoAccount(): AppInfo['demo'] {
  const { STEWARD_DEMO_EMAIL: email, STEWARD_DEMO_PASSWORD: password } = process.env;
  return email && password ? { email, password } : null;
}
