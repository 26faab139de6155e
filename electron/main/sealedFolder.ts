import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from './atomicFile.ts';

/** Files that nobody on this computer can read: they are encrypted for their server. */
export interface SealedFolder {
  /** '' removes the file. */
  save: (name: string, content: string) => void;
  /** '' where there is none. */
  load: (name: string) => string;
}

/** Names are checked by the contract. */
export function openSealedFolder(folder: string): SealedFolder {
  const pathOf = (name: string) => join(folder, `${name}.sealed`);
  return {
    save: (name, content) => {
      if (content === '') {
        rmSync(pathOf(name), { force: true });
        return;
      }
      mkdirSync(folder, { recursive: true });
      writeFileAtomically(pathOf(name), content);
    },
    load: (name) => {
      try {
        return readFileSync(pathOf(name), 'utf8');
      } catch {
        return ''; // There is none.
      }
    },
  };
}
