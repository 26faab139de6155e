import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Removes every file below a folder; folders stay, since their users expect them. */
export function removeFilesIn(folder: string): void {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return; // There is no such folder.
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeFilesIn(path);
    else rmSync(path, { force: true });
  }
}
