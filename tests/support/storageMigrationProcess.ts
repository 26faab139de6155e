import { openEngine } from '#electron/replica/engines/openEngine.ts';
import { createHost } from '#electron/replica/host.ts';
import { getRxStorageSqlite } from '#renderer/data/storage/sqlite/getRxStorageSqlite.ts';
import { lists } from './storageLists.ts';
import { openRecords } from './storageRecords.ts';

/** Opens a replica and kills itself in the middle of migrating it: `folder`, engine, documents to migrate before that. */
const [folder = '', engine, documents] = process.argv.slice(2);
let left = Number(documents);

const host = createHost({
  folder,
  openEngine: (file) => openEngine(file, engine === 'libsql' ? 'libsql' : undefined),
  migrate: (_table, document) => {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    return document;
  },
  clock: () => Date.now(),
  log: (message) => console.error(message),
});
let listener: ((message: never) => void) | undefined;
const session = host.connect((message) => listener?.(message as never));
const storage = getRxStorageSqlite({
  lists,
  connect: async () => ({
    postMessage: (request) => session.receive(request),
    onMessage: (next) => (listener = next),
    onClose: () => undefined,
    close: () => session.close(),
  }),
});
await openRecords(storage, 'replica');
console.log('migrated');
process.exit(0);
