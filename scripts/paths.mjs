import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');
export const pinnedNode = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
export const electronModule = join(root, 'node_modules/electron');
export const electronDist = join(electronModule, 'dist');
export const artifacts = join(root, 'artifacts');
/** Present in the stand-in Electron only. */
export const standInMark = join(electronDist, 'stand-in.json');
export const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'steward');
/** Code that Node has compiled, by its content. */
export const compileCache = join(root, 'node_modules/.cache/compiled');
