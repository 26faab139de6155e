import { join } from 'node:path';
import { BrowserWindow, app, ipcMain, session } from 'electron';
import { registerAppScheme, serveApp } from '#electron/main/appProtocol.ts';
import { openMainWindow } from '#electron/main/mainWindow.ts';
import { createReplicaProcess, replicaFolder } from '#electron/main/replicaProcess.ts';
import { shellLabels } from '#electron/main/shellLabels.ts';
import type { IpcAnswer } from '#shared/ipc/answer.ts';

// The product's window, its page's origin and its replica process around a page that only measures.
const { STEWARD_USER_DATA: profile = '', STEWARD_BENCH_STORAGE: storage = '' } = process.env;
if (profile === '' || storage === '') throw new Error('STEWARD_USER_DATA and STEWARD_BENCH_STORAGE are not set');
app.setPath('userData', profile);
registerAppScheme();

const log = (level: string, source: string, message: string, error?: unknown) => {
  process.stderr.write(`${level} ${source}: ${message} ${error === undefined ? '' : String(error)}\n`);
};

app
  .whenReady()
  .then(openBench)
  .catch((error: unknown) => {
    log('error', 'main', 'the measuring could not start', error);
    app.exit(1);
  });

function openBench(): void {
  serveApp(session.defaultSession, join(import.meta.dirname, '../renderer'), () => 'http://127.0.0.1:1');
  const pages = () => BrowserWindow.getAllWindows().map((one) => one.webContents);
  const replica = createReplicaProcess(replicaFolder(), pages, log);
  ipcMain.handle('replica.connect', (event): IpcAnswer => {
    replica.connect(event.sender);
    return { ok: true, value: null };
  });
  openMainWindow({
    stateFile: join(profile, 'window.json'),
    path: storage,
    developer: true,
    labels: shellLabels('en'),
    log,
  });
  app.on('window-all-closed', () => app.quit());
  app.once('will-quit', (event) => {
    const stopped = replica.stop();
    if (!stopped) return;
    event.preventDefault();
    void stopped.then(() => setImmediate(() => app.quit()));
  });
}
