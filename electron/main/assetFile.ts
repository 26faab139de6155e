import { resolve, sep } from 'node:path';
import { isOwnPage } from './appOrigin.ts';

/** The file that an app:// address means, or undefined when it leads out of the folder or is not ours. */
export function assetFile(folder: string, address: string): string | undefined {
  if (!isOwnPage(address)) return undefined;
  const path = decodePath(new URL(address).pathname);
  if (path === undefined || path.includes('\0') || path.includes('\\')) return undefined;
  const root = resolve(folder);
  const file = resolve(root, `.${path === '/' ? '/index.html' : path}`);
  return file.startsWith(root + sep) ? file : undefined;
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined; // A malformed escape names no file.
  }
}
