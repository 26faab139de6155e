import { basename, extname, join } from 'node:path';
import { BrowserWindow, app, dialog } from 'electron';
import type { IpcArguments, IpcResult } from '#shared/ipc/contract.ts';
import { writeFileAtomically } from '../atomicFile.ts';

/** Asks where to save and writes there. Tests name a folder instead of asking (`STEWARD_SAVE_DIR`, never when packaged). */
export async function saveText(...[file]: IpcArguments<'file.saveText'>): Promise<IpcResult<'file.saveText'>> {
  const path = await choosePath(file.suggestedName);
  if (path === undefined) return null;
  writeFileAtomically(path, file.text);
  return { path };
}

/** Where a file of this name goes; undefined when the person cancelled. */
export async function choosePath(suggestedName: string): Promise<string | undefined> {
  const name = basename(suggestedName);
  const testFolder = app.isPackaged ? undefined : process.env['STEWARD_SAVE_DIR'];
  return testFolder ? join(testFolder, name) : askForPath(name);
}

async function askForPath(name: string): Promise<string | undefined> {
  const extension = extname(name).slice(1);
  const options = {
    defaultPath: join(app.getPath('downloads'), name),
    filters: extension ? [{ name: extension.toUpperCase(), extensions: [extension] }] : [],
  };
  const window = BrowserWindow.getFocusedWindow();
  const answer = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  return answer.canceled ? undefined : answer.filePath;
}
