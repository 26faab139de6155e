import {
  closeSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Rescue } from '#shared/replica/engineCalls.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { engineNames, openWindow } from '#tests/support/storageEngines.ts';
import { openRecords, privateRow, recordRow } from '#tests/support/storageRecords.ts';
import type { RecordRow } from '#tests/support/storageRecords.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const seed = Number(process.env['STEWARD_SEED'] ?? Date.now() % 1_000_000);
const pageSize = 8192;
const records = 6000;
/** Every sixth record carries an unsent edit. */
const unsent = Array.from({ length: records / 6 }, (_, index) => recordRow(index * 6, 1, 'filler '.repeat(20)));
const rows = Array.from({ length: records }, (_, index) =>
  index % 6 === 0 ? (unsent[index / 6] as RecordRow) : recordRow(index, 0, 'filler '.repeat(20)),
);
const privateRows = [
  privateRow('fact:user', { name: 'Ada' }),
  privateRow('fact:collection:runs', { seq: 12 }),
  ...Array.from({ length: 40 }, (_, index) => privateRow(`notice-${index}`, { text: 'kept' })),
];
const rescuedPrivate = privateRows.filter(({ id }) => id !== 'fact:collection:runs');
const byId = <Row extends { id: string }>(list: readonly Row[]) =>
  list.toSorted((one, other) => (one.id < other.id ? -1 : 1));

describe.each(engineNames)(`a damaged file, seed ${seed}, over %s`, { timeout: 60_000 }, (name) => {
  const folder = temporaryFolder('damaged');
  const random = createSeededRandom(seed);
  const { engine, storage } = openWindow(name, { folder });
  let made = 0;
  const setAside = (database: string) =>
    readdirSync(folder).filter((file) => file.startsWith(`${database}.sqlite.damaged-`));

  const fill = async () => {
    made += 1;
    const database = `replica-${made}`;
    const tables = await openRecords(storage, database);
    await tables.runs.bulkWrite(
      rows.map((document) => ({ document })),
      'x',
    );
    await tables.inbox.bulkWrite(
      privateRows.map((document) => ({ document })),
      'x',
    );
    return { database, file: join(folder, `${database}.sqlite`), tables };
  };
  const openAgain = async (database: string) => {
    const client = await storage.clientOf(database);
    const told: Rescue[] = [];
    client.onRescue((rescue) => told.push(rescue));
    const tables = await openRecords(storage, database);
    return { client, tables, told };
  };
  const everything = async ({ runs, inbox }: Awaited<ReturnType<typeof openRecords>>) => ({
    runs: byId((await runs.getChangedDocumentsSince?.(100_000))?.documents ?? []),
    inbox: byId((await inbox.getChangedDocumentsSince?.(100_000))?.documents ?? []),
  });
  const rescueOf = async (database: string): Promise<Rescue | null> => {
    const port = await engine.connect();
    const answer = new Promise<Rescue | null>((resolve) =>
      port.onMessage((message) => 'value' in message && resolve((message.value as { rescue: Rescue | null }).rescue)),
    );
    port.postMessage({ id: 1, call: 'open', args: { database } });
    const rescue = await answer;
    port.close();
    return rescue;
  };
  /** Pages of a table or index, its root left out; of one type when it is named. */
  const pagesOf = (file: string, name: string, type = '%'): number[] => {
    const database = new DatabaseSync(file);
    const found = database
      .prepare("SELECT pageno FROM dbstat WHERE name = ? AND path <> '/' AND pagetype LIKE ?")
      .all(name, type);
    database.close();
    return found.map(({ pageno }) => Number(pageno));
  };
  const overwrite = (file: string, pages: readonly number[]) => {
    const open = openSync(file, 'r+');
    for (const page of pages) writeSync(open, random.bytes(pageSize), 0, pageSize, (page - 1) * pageSize);
    closeSync(open);
  };

  it('[S28] a file that is none is set aside as it was, and a fresh one begun', async () => {
    const garbage = 'this is no database '.repeat(1000);
    writeFileSync(join(folder, 'garbage.sqlite'), garbage);
    const { tables, told } = await openAgain('garbage');
    const [kept = ''] = setAside('garbage');
    expect(readFileSync(join(folder, kept), 'utf8')).toBe(garbage);
    expect(await rescueOf('garbage')).toMatchObject({ keptAs: kept, unsent: 0, inbox: 0, incomplete: true });
    expect(told).toMatchObject([{ keptAs: kept }]);
    await tables.runs.bulkWrite([{ document: recordRow(1, 0) }], 'x');
    expect((await everything(tables)).runs).toEqual([recordRow(1, 0)]);
    await tables.close();
    expect(setAside('garbage')).toHaveLength(1);
  });

  it('[S28] a replica that is removed takes the files along that were set aside', async () => {
    writeFileSync(join(folder, 'leaver.sqlite'), 'no database at all '.repeat(1000));
    const { tables } = await openAgain('leaver');
    await tables.close();
    expect(setAside('leaver')).toHaveLength(1);
    await storage.removeDatabase('leaver');
    expect(readdirSync(folder).filter((file) => file.startsWith('leaver'))).toEqual([]);
  });

  it('[S28] [S29] a file that lost its end is set aside, and of what remains the unsent edits are kept', async () => {
    const { database, file, tables } = await fill();
    await tables.close();
    truncateSync(file, Math.floor((statSync(file).size * 0.7) / pageSize) * pageSize);
    const { tables: again, client } = await openAgain(database);
    const now = await everything(again);
    expect(now.runs.length, 'edits kept').toBeGreaterThan(unsent.length / 2);
    expect(setAside(database)).toHaveLength(1);
    const known = new Map(unsent.map((row) => [row.id, row]));
    for (const row of now.runs) expect(row).toEqual(known.get(row.id));
    expect(await client.call('check', {})).toEqual([]);
    await again.close();
  });

  it('[S28] [S29] light damage elsewhere costs no unsent edit, and no count is wrong', async () => {
    const { database, file, tables } = await fill();
    const client = await storage.clientOf(database);
    await client.call('compact', {});
    await tables.close();
    // An index is damaged: not one document is.
    overwrite(file, pagesOf(file, 'runs/seq').slice(0, 3));
    const { tables: again, told, client: next } = await openAgain(database);
    await expect(again.runs.getChangedDocumentsSince?.(100_000)).rejects.toMatchObject({ code: 'damaged' });
    const now = await everything(again);
    expect(now).toEqual({ runs: byId(unsent), inbox: byId(rescuedPrivate) });
    expect(told).toMatchObject([{ unsent: unsent.length, inbox: 40, keptAs: setAside(database)[0] }]);
    expect(await next.call('kindCounts', { table: 'runs' })).toEqual({ task: unsent.length });
    expect(await next.call('check', {})).toEqual([]);
    await again.close();
  });

  it.each([1, 4, 12])(
    '[S28] [S29] %i random pages of the records: what can be read of the edits is kept',
    async (pages) => {
      const { database, file, tables } = await fill();
      await tables.close();
      const leaves = pagesOf(file, 'runs', 'leaf');
      overwrite(
        file,
        Array.from({ length: pages }, () => random.pick(leaves)),
      );
      const { tables: again, told } = await openAgain(database);
      await again.runs.getChangedDocumentsSince?.(100_000).catch(() => undefined);
      const now = await everything(again);
      expect(now.inbox).toEqual(byId(rescuedPrivate));
      const known = new Map(unsent.map((row) => [row.id, row]));
      for (const row of now.runs) expect(row).toEqual(known.get(row.id));
      // A page holds some ten documents.
      expect(now.runs.length).toBeGreaterThanOrEqual(unsent.length - pages * 12);
      expect(told).toMatchObject([{ unsent: now.runs.length, inbox: 40 }]);
      await again.close();
    },
  );

  it('[S29] an entry that is garbage in the middle is left out, and keeps nothing else from being opened', async () => {
    const { database, file, tables } = await fill();
    const long = privateRow('notice-long', { text: 'long '.repeat(8000) });
    await tables.inbox.bulkWrite([{ document: long }], 'x');
    await tables.close();
    overwrite(file, pagesOf(file, 'inbox', 'overflow').slice(1, 4));
    overwrite(file, pagesOf(file, 'runs/seq').slice(0, 2));
    const { tables: again, told } = await openAgain(database);
    await again.runs.getChangedDocumentsSince?.(100_000).catch(() => undefined);
    expect(await everything(again)).toEqual({ runs: byId(unsent), inbox: byId(rescuedPrivate) });
    expect(told).toMatchObject([{ unsent: unsent.length, inbox: 40 }]);
    await again.close();
  });

  it('[S28] [S29] damage while the file is open: the call is refused, the next ones are answered from the new file', async () => {
    const { database, file, tables } = await fill();
    await tables.close();
    const { tables: again, told, client } = await openAgain(database);
    overwrite(file, pagesOf(file, 'runs/seq').slice(0, 2));
    const calls = [
      Promise.resolve(again.runs.getChangedDocumentsSince?.(100_000)),
      again.runs.findDocumentsById([unsent[0]?.id ?? ''], false),
      again.inbox.findDocumentsById(['notice-1', 'fact:collection:runs'], false),
      again.runs.bulkWrite([{ document: recordRow(1, 1) }], 'x'),
    ];
    const answers = await Promise.allSettled(calls);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
    expect(answers.slice(1)).toMatchObject([
      { value: [unsent[0]] },
      { value: [{ id: 'notice-1' }] },
      { value: { error: [] } },
    ]);
    const now = await everything(again);
    expect(now.runs).toEqual(byId([...unsent, recordRow(1, 1)]));
    expect(told).toMatchObject([{ unsent: unsent.length, inbox: 40 }]);
    expect(await client.call('check', {})).toEqual([]);
    await again.close();
    const reopened = await openAgain(database);
    expect((await everything(reopened.tables)).runs).toHaveLength(unsent.length + 1);
    expect(setAside(database)).toHaveLength(1);
    await reopened.tables.close();
  });
});
