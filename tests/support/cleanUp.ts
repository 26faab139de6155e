import { afterAll } from 'vitest';
import { removeTemporaryFolders } from './temporaryFolder.ts';

// Loaded before each file of tests, so this comes after all that the file itself does at its end.
afterAll(removeTemporaryFolders);
