import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { getRxStorageSqlite } from '#renderer/data/storage/sqlite/getRxStorageSqlite.ts';
import { forkEngine } from './storageForkEngine.ts';
import { changed, inserts, openSample, stored, update } from './storageSample.ts';
import type { StoredSample } from './storageSample.ts';

/**
 * A console without its windows: `folder`, engine, name of the run. Writes until it is killed, with an engine of its own, and
 * names on its output, a line each, the ids and revisions of every batch that was acknowledged. Begins when something is
 * sent to its input.
 */
const [folder = '', engine = 'node', run = ''] = process.argv.slice(2);
const tell = (line: unknown) => writeSync(1, `${JSON.stringify(line)}\n`);

flushCompileCache();
const forked = forkEngine(folder, engine === 'libsql' ? 'libsql' : 'node');
const port = await forked.connect();
tell({ engine: forked.pid() });
await new Promise((resolve) => process.stdin.once('data', resolve));
const instance = await openSample(getRxStorageSqlite({ connect: async () => port, lists: {} }), 'replica');
let before: StoredSample[] = [];
for (let batch = 0; ; batch += 1) {
  const fresh = Array.from({ length: 1 + (batch % 40) }, (_, index) =>
    stored({ id: `${run}-${batch}-${index}`, note: 'x'.repeat(200), _rev: `1-${run}` }),
  );
  const edits = before.slice(0, 5).map((one) => update(one, changed(one, { name: `edited in ${batch}` })));
  const rows = [...inserts(...fresh), ...edits];
  const { error } = await instance.bulkWrite(rows, 'batch');
  if (error.length > 0) throw new Error(`batch ${batch} of ${run} had conflicts`);
  tell({ batch, rows: rows.map(({ document }) => [document.id, document._rev]) });
  before = fresh;
}
