import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';

// Writes a store anew, for a test that ends the process in the middle of it. The first parameter is the folder.
const store = openSqliteStore(String(process.argv[2]), Date.now);
process.stdout.write('ready\n');
await store.scrub();
await store.close();
process.stdout.write('done\n');
