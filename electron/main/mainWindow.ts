import { join } from 'node:path';
import { BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import { menuChannel } from '#shared/ipc/contract.ts';
import type { MenuCommand } from '#shared/ipc/contract.ts';
import { appOrigin } from './appOrigin.ts';
import { readJsonFile, writeFileAtomically } from './atomicFile.ts';
import type { Log } from './logFile.ts';
import type { ShellLabels } from './shellLabels.ts';
import { restoreWindowState, smallestWindow } from './windowState.ts';

/** The page's own background in both themes, so that nothing flashes before it is drawn. */
const background = { light: '#f8f9fa', dark: '#141517' };
/** A page that dies twice within this time is left for the person to see. */
const reloadPause = 60_000;

export interface MainWindow {
  send: (command: MenuCommand) => void;
  reload: () => void;
  focus: () => void;
}

export interface MainWindowOptions {
  stateFile: string;
  /** Place in the console to open first; '' for its own choice. */
  path: string;
  developer: boolean;
  labels: ShellLabels;
  log: Log;
}

/** Opens the console's one window as it was left. */
export function openMainWindow({ stateFile, path, developer, labels, log }: MainWindowOptions): MainWindow {
  const workAreas = screen.getAllDisplays().map((display) => display.workArea);
  const { bounds, maximized } = restoreWindowState(readJsonFile(stateFile), workAreas);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: 'Steward',
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // The dictionaries would come from a foreign host.
      spellcheck: false,
      devTools: developer,
    },
  });
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.on('close', () => {
    const state = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      writeFileAtomically(stateFile, JSON.stringify(state));
    } catch (error) {
      log('warn', 'window', 'the place of the window could not be kept', error);
    }
  });
  reloadAfterCrash(window, labels, log);
  const fragment = path === '' ? '' : `#${path}`;
  window
    .loadURL(`${appOrigin}/index.html${fragment}`)
    .catch((error: unknown) => log('error', 'window', 'the console did not load', error));
  return {
    send: (command) => window.webContents.send(menuChannel, command),
    reload: () => window.webContents.reload(),
    focus: () => {
      if (window.isMinimized()) window.restore();
      window.focus();
    },
  };
}

function reloadAfterCrash(window: BrowserWindow, labels: ShellLabels, log: Log): void {
  let lastCrash = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log('error', 'window', `the page's process is gone: ${reason}, exit code ${exitCode}`);
    const now = performance.now();
    const again = now - lastCrash < reloadPause;
    lastCrash = now;
    if (again || window.isDestroyed()) return;
    window.webContents.reload();
    dialog
      .showMessageBox(window, { type: 'warning', message: labels.windowStopped, detail: labels.windowStoppedDetail })
      .catch((error: unknown) => log('warn', 'window', 'the notice about the reload could not be shown', error));
  });
}
