import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { BrowserWindow, app, crashReporter, ipcMain, powerMonitor, session, shell } from 'electron';
import { lockChannel } from '#shared/ipc/lock.ts';
import { registerAppScheme, serveApp } from './appProtocol.ts';
import { createConsoleLock } from './consoleLock.ts';
import { containPages } from './containment.ts';
import { deepLinkInCommandLine, deepLinkPath, deepLinkScheme } from './deepLink.ts';
import { createHonestClock } from './honestClock.ts';
import { createFileWriters } from './ipc/fileWriters.ts';
import { handleIpc } from './ipc/handle.ts';
import { choosePath } from './ipc/saveText.ts';
import { ipcHandlers } from './ipc/handlers.ts';
import { openLog } from './logFile.ts';
import { openMainWindow } from './mainWindow.ts';
import type { MainWindow } from './mainWindow.ts';
import { installMenu } from './menu.ts';
import { createSignInBrowser } from './oidc/signInBrowser.ts';
import { openExternal } from './openExternal.ts';
import { createReplicaProcess, replicaFolder } from './replicaProcess.ts';
import { watchLock } from './watchLock.ts';
import { openSealedFolder } from './sealedFolder.ts';
import { safeStorageCipher } from './safeStorageCipher.ts';
import { openSessionVault } from './sessionVault.ts';
import { removeFilesIn } from './removeFilesIn.ts';
import { openSettings } from './settings.ts';
import { shellLabels } from './shellLabels.ts';

const { STEWARD_USER_DATA: ownFolder, STEWARD_MULTI: several, STEWARD_SERVER_URL: givenServer } = process.env;
if (ownFolder) app.setPath('userData', ownFolder);
const userData = app.getPath('userData');
const log = openLog(join(userData, 'logs/steward.log'), () => new Date());

process.on('uncaughtException', (error) => log('error', 'main', 'uncaught exception', error));
process.on('unhandledRejection', (reason) => log('error', 'main', 'unhandled rejection', reason));
crashReporter.start({ uploadToServer: false });

registerAppScheme();
if (app.isPackaged) app.setAsDefaultProtocolClient(deepLinkScheme);

// Two consoles on one profile would share its replica; only tests with a folder each may start several.
const isFirst = (several === '1' && ownFolder !== undefined) || app.requestSingleInstanceLock();
if (isFirst) {
  // Not awaited here: Electron becomes ready only after this module has been evaluated.
  app
    .whenReady()
    .then(openConsole)
    .catch((error: unknown) => {
      log('error', 'main', 'the console could not start', error);
      app.exit(1);
    });
} else {
  app.quit();
}

function openConsole(): void {
  const settings = openSettings(join(userData, 'settings.json'), givenServer, randomUUID);
  const cipher = safeStorageCipher();
  const clock = createHonestClock(Date.now, () => performance.now());
  const vault = openSessionVault(
    join(userData, 'session.json'),
    cipher,
    (message, error) => log('warn', 'session', message, error),
    clock.now,
  );
  const lock = createConsoleLock({ vault, clock });
  const labels = shellLabels(app.getLocale());
  const developer = !app.isPackaged;
  let window: MainWindow | undefined;

  serveApp(session.defaultSession, join(import.meta.dirname, '../renderer'), settings.serverUrl);
  containPages(session.defaultSession, openExternal, log);
  const pages = () => BrowserWindow.getAllWindows().map((one) => one.webContents);
  const replica = createReplicaProcess(replicaFolder(), pages, log);
  watchLock({
    lock,
    settings,
    powerMonitor,
    tell: (state) => pages().forEach((page) => page.send(lockChannel, state)),
  });
  const handlers = ipcHandlers({
    vault,
    lock,
    sealed: openSealedFolder(join(userData, 'sealed')),
    forgetTraces: () => {
      for (const folder of [join(userData, 'logs'), app.getPath('crashDumps')]) removeFilesIn(folder);
    },
    cipher,
    settings,
    files: createFileWriters(choosePath),
    signInBrowser: createSignInBrowser({
      openExternal: (address) => shell.openExternal(address),
      onReturn: () => window?.focus(),
    }),
    log,
    connectReplica: replica.connect,
    reload: () => window?.reload(),
  });
  handleIpc(ipcMain, handlers, (message, error) => log('warn', 'ipc', message, error));
  installMenu(labels, developer, (command) => window?.send(command));

  const open = (path: string) => {
    window = openMainWindow({ stateFile: join(userData, 'window.json'), path, developer, labels, log });
  };
  const follow = (path: string | undefined) => {
    window?.focus();
    if (path !== undefined) window?.send({ command: 'open', path });
  };
  open(deepLinkInCommandLine(process.argv) ?? '');
  app.on('second-instance', (_event, commandLine) => follow(deepLinkInCommandLine(commandLine)));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    follow(deepLinkPath(link));
  });
  app.on('window-all-closed', () => app.quit());
  app.once('will-quit', (event) => {
    const stopped = replica.stop();
    if (!stopped) return;
    event.preventDefault();
    void stopped.then(() => setImmediate(() => app.quit()));
  });
}
