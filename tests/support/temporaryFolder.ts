import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made = new Set<string>();
let watches = false;

/**
 * A new folder, `steward-<label>-…` in the system's place for such. It goes when the tests of the file are over, whatever came
 * of them, or, outside of tests, when the process ends.
 */
export function temporaryFolder(label: string): string {
  if (!watches) process.once('exit', removeTemporaryFolders);
  watches = true;
  const folder = mkdtempSync(join(tmpdir(), `steward-${label}-`));
  made.add(folder);
  return folder;
}

/** Removes every folder this process made, with all that is in it. */
export function removeTemporaryFolders(): void {
  for (const folder of made) {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 });
    } catch {
      // A process that a failed test left behind still writes there. Its folder stays, the others go.
    }
  }
  made.clear();
}
