import { flushCompileCache } from 'node:module';
import { openEngine } from '#electron/replica/engines/openEngine.ts';
import { createHost } from '#electron/replica/host.ts';

/** The engine host as a process of its own: `folder`, engine. Started by `forkEngine`; serves one window over its IPC. */
const [folder = '', engine] = process.argv.slice(2);
// A process that is killed would never keep it.
flushCompileCache();

const host = createHost({
  folder,
  openEngine: (file) => openEngine(file, engine === 'libsql' ? 'libsql' : undefined),
  migrate: (_table, document) => document,
  clock: () => Date.now(),
  log: (message) => console.error(message),
});
const session = host.connect((message) => void process.send?.(message));
process.on('message', (request) => session.receive(request));
process.on('disconnect', () => {
  host.close();
  process.exit(0);
});
