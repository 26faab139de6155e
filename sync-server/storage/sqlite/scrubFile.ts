import { Worker } from 'node:worker_threads';

/**
 * Writes the store's file anew and empties its log, in a thread: what was removed is then nowhere in either. secure_delete alone
 * leaves copies of cells that SQLite moved from page to page. Whoever reads goes on meanwhile; nobody may write. A process that is
 * killed takes the thread along, and the file is as it was.
 */
export function scrubFile(file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./scrubThread.ts', import.meta.url), {
      name: 'scrub',
      workerData: file,
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    thread.once('error', reject);
    thread.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the thread that writes the store anew ended with ${code}`)),
    );
  });
}
