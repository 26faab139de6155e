import { describe, expect, it, vi } from 'vitest';
import type { RxJsonSchema } from 'rxdb';
import { getRxStorageSqlite } from '#renderer/data/storage/sqlite/getRxStorageSqlite.ts';
import { engineNames, openWindow } from '#tests/support/storageEngines.ts';
import { lists } from '#tests/support/storageLists.ts';
import {
  changed,
  eventsOf,
  inserts,
  listen,
  openSample,
  prepared,
  queryIds,
  sampleSchema,
  stored,
  update,
} from '#tests/support/storageSample.ts';
import type { SampleInstance, StoredSample } from '#tests/support/storageSample.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const settled = async () => {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((wake) => setImmediate(wake));
};
const since = (instance: SampleInstance, limit: number, checkpoint?: unknown) => {
  if (!instance.getChangedDocumentsSince) throw new Error('the storage tells no changes');
  return instance.getChangedDocumentsSince(limit, checkpoint);
};

describe.each(engineNames)('the storage over %s', (name) => {
  const folder = temporaryFolder('rules');
  const { engine, storage } = openWindow(name, { folder });
  const other = getRxStorageSqlite({ connect: engine.connect, lists });
  let made = 0;
  const fresh = () => `database-${(made += 1)}`;

  it('[S4] refuses a batch that names a document twice, and writes nothing of it', async () => {
    const instance = await openSample(storage, fresh());
    const rows = inserts(stored({ id: 'a' }), stored({ id: 'b' }), stored({ id: 'a' }));
    await expect(instance.bulkWrite(rows, 'x')).rejects.toThrow("a write to 'samples' names a document twice");
    expect(await instance.findDocumentsById(['a', 'b'], true)).toEqual([]);
  });

  it('[S7] refuses attachments with a sentence', async () => {
    const schema = { ...sampleSchema, attachments: {} } as RxJsonSchema<StoredSample>;
    await expect(openSample(storage, fresh(), { schema })).rejects.toThrow(/asks for attachments/);
    const instance = await openSample(storage, fresh());
    await expect(instance.getAttachmentData('a', 'b', 'c')).rejects.toThrow(/keeps no attachments/);
  });

  it('[S9] [S10] reads a superset of many pages as one list, whatever skip and limit', async () => {
    const instance = await openSample(storage, fresh());
    const documents = Array.from({ length: 7000 }, (_, index) =>
      stored({ id: `id-${String(index).padStart(4, '0')}`, amount: index % 100, tags: [`tag-${index % 3}`] }),
    );
    await instance.bulkWrite(inserts(...documents), 'x');
    const selector = { tags: { $elemMatch: { $eq: 'tag-1' } } as never };
    const all = documents.filter(({ tags }) => tags?.[0] === 'tag-1').map(({ id }) => id);
    const backwards = { selector, sort: [{ id: 'desc' as const }] };
    expect(await queryIds(instance, { selector, sort: [{ id: 'asc' }] })).toEqual(all);
    expect(await queryIds(instance, { ...backwards, skip: 1500, limit: 600 })).toEqual(
      all.toReversed().slice(1500, 2100),
    );
    expect(await instance.count(prepared({ selector }))).toEqual({ count: all.length, mode: 'slow' });
    const byTags = await queryIds(instance, { sort: [{ tags: 'desc' }, { id: 'asc' }], limit: 2400 });
    expect(new Set(byTags.slice(0, 2333))).toEqual(
      new Set(documents.filter((_, at) => at % 3 === 2).map(({ id }) => id)),
    );
  });

  it('[S11] orders texts by code point, and compares them as RxDB does', async () => {
    const instance = await openSample(storage, fresh());
    const [wide, face] = [stored({ id: '1', note: 'Ａ' }), stored({ id: '2', note: '😀' })];
    await instance.bulkWrite(inserts(face, wide), 'x');
    expect(await queryIds(instance, { sort: [{ note: 'asc' }] })).toEqual(['1', '2']);
    expect(await queryIds(instance, { selector: { note: { $gt: '😀' } } })).toEqual(['1']);
    expect(await queryIds(instance, { selector: { note: { $lt: 'Ａ' } } })).toEqual(['2']);
  });

  it('[S12] counts within skip and limit, whether SQL counts or the matcher', async () => {
    const instance = await openSample(storage, fresh());
    await instance.bulkWrite(inserts(...['a', 'b', 'c', 'd'].map((id) => stored({ id, tags: [] }))), 'x');
    for (const selector of [{ active: true }, { tags: { $size: 0 } }])
      for (const [skip, limit, count] of [
        [0, 3, 3],
        [3, 3, 1],
        [9, 1, 0],
        [1, 0, 0],
      ] as const) {
        const query = { selector, skip, limit };
        expect((await instance.count(prepared(query))).count).toBe(count);
        expect(await queryIds(instance, query)).toHaveLength(count);
      }
  });

  it('[S13] [S14] hides no write behind a clock that steps back', async () => {
    const instance = await openSample(storage, fresh());
    expect(await since(instance, 5)).toEqual({ documents: [], checkpoint: { sequence: 0 } });
    const first = stored({ id: 'a', _meta: { lwt: 9_000_000_000_000 } });
    await instance.bulkWrite(inserts(first), 'x');
    const seen = await since(instance, 5);
    expect(seen).toEqual({ documents: [first], checkpoint: { sequence: 1 } });
    const later = stored({ id: 'b', _meta: { lwt: 1000 } });
    const edited = changed(first, { _meta: { lwt: 1 } });
    await instance.bulkWrite([...inserts(later), update(first, edited)], 'x');
    expect(await since(instance, 5, seen.checkpoint)).toEqual({
      documents: [later, edited],
      checkpoint: { sequence: 3 },
    });
  });

  it('[S16] the checkpoint of an event is where its write ended', async () => {
    const instance = await openSample(storage, fresh());
    const bulks = listen(instance);
    await instance.bulkWrite(inserts(stored({ id: 'a' }), stored({ id: 'b' })), 'x');
    await instance.bulkWrite(inserts(stored({ id: 'b' }), stored({ id: 'c' })), 'x');
    expect(bulks.map(({ checkpoint }) => checkpoint)).toEqual([{ sequence: 2 }, { sequence: 3 }]);
    expect((await since(instance, 9, bulks[0]?.checkpoint)).documents.map(({ id }) => id)).toEqual(['c']);
  });

  it('[S17] tells the other windows what one wrote, as it was told there', async () => {
    const database = fresh();
    const mine = await openSample(storage, database, { multiInstance: true });
    const theirs = await openSample(other, database, { multiInstance: true });
    const alone = await openSample(getRxStorageSqlite({ connect: engine.connect, lists }), database);
    const [told, heard, unheard] = [listen(mine), listen(theirs), listen(alone)];
    const first = stored({ id: 'a' });
    const second = changed(first, { note: 'second' });
    const deleted = changed(second, { _deleted: true });
    const twice = changed(deleted);
    const again = changed(twice, { _deleted: false });
    await mine.bulkWrite(inserts(first, stored({ id: 'dead', _deleted: true })), 'one');
    await mine.bulkWrite([update(first, second), ...inserts(stored({ id: 'b' }))], 'two');
    await mine.bulkWrite([update(second, deleted), ...inserts(stored({ id: 'b' }))], 'three');
    await mine.bulkWrite([update(deleted, twice)], 'three and a half');
    await mine.bulkWrite([update(twice, again)], 'four');
    await mine.bulkWrite(inserts(stored({ id: 'a' })), 'conflict');
    await settled();
    expect(eventsOf(told)).toHaveLength(6);
    expect(eventsOf(heard)).toEqual(eventsOf(told));
    expect(heard.map(({ checkpoint }) => checkpoint)).toEqual(told.map(({ checkpoint }) => checkpoint));
    expect(unheard).toEqual([]);
    expect(await theirs.findDocumentsById(['a'], false)).toEqual([again]);
    await mine.close();
    await theirs.bulkWrite(inserts(stored({ id: 'z' })), 'still open');
    expect((await alone.findDocumentsById(['z'], false)).map(({ id }) => id)).toEqual(['z']);
  });

  it('[S18] cleans up in parts, and leaves the sequence as it is', async () => {
    const instance = await openSample(storage, fresh());
    const old = Array.from({ length: 2300 }, (_, index) =>
      stored({ id: `id-${index}`, _deleted: true, _meta: { lwt: 1000 } }),
    );
    await instance.bulkWrite(inserts(...old), 'x');
    const answers: boolean[] = [];
    while (answers.at(-1) !== true) answers.push(await instance.cleanup(0));
    expect(answers.length).toBeGreaterThan(2);
    await instance.bulkWrite(inserts(stored({ id: 'next' })), 'x');
    expect((await since(instance, 9)).checkpoint).toEqual({ sequence: 2301 });
  });

  it('[S19] closes once, ends its events, and refuses every later call', async () => {
    const instance = await openSample(storage, fresh());
    const ended = vi.fn<() => void>();
    instance.changeStream().subscribe({ complete: ended });
    await Promise.all([instance.close(), instance.close()]);
    await instance.close();
    expect(ended).toHaveBeenCalledOnce();
    const calls: (() => Promise<unknown>)[] = [
      () => instance.bulkWrite(inserts(stored({ id: 'a' })), 'x'),
      () => instance.findDocumentsById(['a'], true),
      () => instance.query(prepared({})),
      () => instance.count(prepared({})),
      () => since(instance, 1),
      () => instance.cleanup(0),
      () => instance.remove(),
    ];
    for (const call of calls) await expect(call()).rejects.toThrow("the storage of 'samples' is closed");
  });

  it('[S20] [S21] keeps what was written when it is opened again, and nothing of what was removed', async () => {
    const database = fresh();
    const document = stored({ id: 'a' });
    const first = await openSample(storage, database);
    await first.bulkWrite(inserts(document), 'x');
    await first.close();
    const second = await openSample(storage, database);
    expect(await since(second, 9)).toEqual({ documents: [document], checkpoint: { sequence: 1 } });
    await second.remove();
    const third = await openSample(storage, database);
    expect(await since(third, 9)).toEqual({ documents: [], checkpoint: { sequence: 0 } });
  });

  it('[S24] refuses to open a table that is open in another form', async () => {
    const database = fresh();
    const instance = await openSample(storage, database);
    const schema = { ...sampleSchema, indexes: [['_deleted', 'name', 'id']] } as RxJsonSchema<StoredSample>;
    await expect(openSample(other, database, { schema })).rejects.toThrow(/is open in another form/);
    await instance.bulkWrite(inserts(stored({ id: 'a' })), 'x');
    expect(await queryIds(instance, {})).toEqual(['a']);
  });
});
