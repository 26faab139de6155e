import { describe, expect, it } from 'vitest';
import { getChangedDocumentsSince } from 'rxdb';
import {
  changed,
  eventsOf,
  inserts,
  listen,
  prepared,
  queryIds,
  stored,
  update,
} from '#tests/support/storageSample.ts';
import type { Sample, SampleInstance, SampleQuery, StoredSample } from '#tests/support/storageSample.ts';

const idsOf = (documents: readonly StoredSample[]) => documents.map(({ id }) => id);

/** What every storage of the replica does, by the rules of renderer/data/storage/sqlite/SPEC.md. `open` answers an empty one. */
export function storageContract(name: string, open: () => Promise<SampleInstance>): void {
  const filled = async (...documents: StoredSample[]) => {
    const instance = await open();
    expect(await instance.bulkWrite(inserts(...documents), 'fill')).toEqual({ error: [] });
    return instance;
  };
  const find = async (instance: SampleInstance, ...ids: string[]) =>
    (await instance.findDocumentsById(ids, true)).toSorted((one, other) => (one.id < other.id ? -1 : 1));

  describe(`the storage contract: ${name}`, () => {
    it('[S1] inserts what is unknown, whatever state it claims to follow, deleted or not', async () => {
      const [plain, deleted] = [stored({ id: 'a' }), stored({ id: 'b', _deleted: true })];
      const followed = stored({ id: 'c' });
      const following = changed(followed, { name: 'followed' });
      const instance = await filled(plain, deleted);
      expect(await instance.bulkWrite([update(followed, following)], 'x')).toEqual({ error: [] });
      expect(await find(instance, 'a', 'b', 'c')).toEqual([plain, deleted, following]);
    });

    it('[S2] replaces a document whose revision is named, deletes and brings back by the same', async () => {
      const first = stored({ id: 'a', note: 'kept only here' });
      const instance = await filled(first);
      const { note: _gone, ...rest } = first;
      const second = changed(rest, { name: 'second' });
      const deleted = changed(second, { _deleted: true });
      const again = changed(deleted, { _deleted: false });
      let before = first;
      for (const next of [second, deleted, again]) {
        expect(await instance.bulkWrite([update(before, next)], 'x')).toEqual({ error: [] });
        expect(await find(instance, 'a')).toEqual([next]);
        before = next;
      }
    });

    it('[S3] answers a conflict with what is stored, and writes nothing of the row', async () => {
      const [kept, deleted] = [stored({ id: 'a', tags: ['x'] }), stored({ id: 'b', _deleted: true })];
      const instance = await filled(kept, deleted);
      const stale = update(changed(kept), changed(changed(kept), { name: 'stale' }));
      const blind = { document: stored({ id: 'a', name: 'blind' }) };
      const revived = { document: stored({ id: 'b' }) };
      for (const [row, documentInDb] of [[stale, kept] as const, [blind, kept] as const, [revived, deleted] as const]) {
        const { error } = await instance.bulkWrite([row], 'my context');
        const documentId = row.document.id;
        expect(error).toEqual([
          { isError: true, status: 409, documentId, writeRow: row, documentInDb, context: 'my context' },
        ]);
      }
      expect(await find(instance, 'a', 'b')).toEqual([kept, deleted]);
    });

    it('[S4] writes the rows of a batch that do not conflict', async () => {
      const kept = stored({ id: 'b' });
      const instance = await filled(kept);
      const others = ['a', 'c', 'd'].map((id) => stored({ id }));
      const rows = inserts(...others).toSpliced(1, 0, { document: stored({ id: 'b' }) });
      const { error } = await instance.bulkWrite(rows, 'x');
      expect(error.map(({ documentId, status }) => [documentId, status])).toEqual([['b', 409]]);
      expect(await find(instance, 'a', 'b', 'c', 'd')).toEqual([others[0], kept, others[1], others[2]]);
    });

    it('[S5] writes more rows than one chunk holds, in order', async () => {
      const documents = Array.from({ length: 2500 }, (_, index) =>
        stored({ id: `id-${String(index).padStart(4, '0')}` }),
      );
      const instance = await open();
      const bulks = listen(instance);
      const conflicting = [documents[3], documents[1700]].flatMap((one) => (one ? [stored({ id: one.id })] : []));
      await instance.bulkWrite(inserts(...conflicting), 'before');
      const { error } = await instance.bulkWrite(inserts(...documents), 'many');
      expect(error.map(({ documentId }) => documentId)).toEqual(idsOf(conflicting));
      const told = eventsOf(bulks).filter(({ context }) => context === 'many');
      const expected = idsOf(documents).filter((id) => !idsOf(conflicting).includes(id));
      expect(told.map(({ documentId }) => documentId)).toEqual(expected);
      expect(await queryIds(instance, {})).toEqual(idsOf(documents));
    });

    it('[S6] [S8] gives documents back as they were; deleted ones only when asked', async () => {
      const rich = stored({
        id: 'å/"%_😀',
        name: 'Grüße, 日本 \u0000 \ud83d\ude00 "quoted" \\ \n',
        amount: -2.75,
        ratio: 0.1 + 0.2,
        maybe: null,
        nested: { word: '', deep: {} },
        tags: [],
        marks: [1e21, -1e-7],
        items: [{ key: '', value: 0 }],
        loose: { null: null, list: [null, [true]], '': { $odd: 'ké' } },
      });
      const [plain, deleted] = [stored({ id: 'b' }), stored({ id: 'c', _deleted: true })];
      const instance = await filled(rich, plain, deleted);
      expect(await find(instance, rich.id)).toEqual([rich]);
      expect(await find(instance, 'b', 'c', 'nobody')).toEqual([plain, deleted]);
      expect(idsOf(await instance.findDocumentsById(['b', 'c', 'nobody'], false))).toEqual(['b']);
      expect(await instance.findDocumentsById([], true)).toEqual([]);
    });

    it.each<[SampleQuery, string]>([
      [{}, 'a b c d'],
      [{ selector: { name: 'x' } }, 'a b'],
      [{ selector: { amount: { $gt: -1, $lte: 2 } } }, 'b c'],
      [{ selector: { active: { $ne: true } } }, 'c d'],
      [{ selector: { note: { $exists: false } } }, 'a c d'],
      [{ selector: { maybe: { $eq: null as never } } }, 'a b d'],
      [{ selector: { maybe: { $exists: true } } }, 'b c d'],
      [{ selector: { tags: { $elemMatch: { $eq: 'red' } } as never } }, 'a b'],
      [{ selector: { tags: { $size: 2 } } }, 'b'],
      [{ selector: { 'nested.word': { $in: ['deep', 'none'] } } }, 'd'],
      [{ selector: { $or: [{ amount: { $lt: 0 } }, { note: { $regex: '^N' } }] } }, 'a b'],
      [{ selector: { $nor: [{ amount: { $lt: 0 } }, { note: { $regex: '^N' } }] } }, 'c d'],
      [{ sort: [{ amount: 'desc' }] }, 'd c b a'],
      [{ sort: [{ active: 'asc' }, { name: 'desc' }, { id: 'desc' }] }, 'd c b a'],
      [{ sort: [{ name: 'desc' }], skip: 1, limit: 2 }, 'c a'],
      [{ sort: [{ note: 'asc' }] }, 'a c d b'],
      [{ sort: [{ id: 'asc' }], limit: 0 }, ''],
      [{ sort: [{ id: 'asc' }], skip: 9 }, ''],
      [{ selector: { 'nested.word': { $regex: 'E', $options: 'i' } }, sort: [{ id: 'desc' }], limit: 1 }, 'd'],
    ])('[S9] [S10] [S12] answers %j, and counts the same', async (query, expected) => {
      const instance = await filled(
        stored({ id: 'a', name: 'x', amount: -3, tags: ['red'] }),
        stored({ id: 'b', name: 'x', amount: 0, note: 'Note', maybe: null, tags: ['blue', 'red'] }),
        stored({ id: 'c', name: 'y', amount: 1.5, active: false, maybe: '', nested: {} }),
        stored({ id: 'd', name: 'y z', amount: 20, active: false, maybe: null, nested: { word: 'deep' } }),
        stored({ id: 'e', _deleted: true }),
      );
      const ids = await queryIds(instance, query);
      expect(query.sort ? ids.join(' ') : ids.toSorted().join(' ')).toBe(expected);
      const { skip: _skip, limit: _limit, ...whole } = query;
      expect((await instance.count(prepared(whole))).count).toBe((await queryIds(instance, whole)).length);
    });

    it('[S13] [S15] tells every change once, in pages of any size, what was changed again at the end', async () => {
      const [a, b, c] = ['a', 'b', 'c'].map((id, index) => stored({ id, _meta: { lwt: 1000 + index } })) as [
        StoredSample,
        StoredSample,
        StoredSample,
      ];
      const instance = await filled(a, b, c);
      for (const size of [1, 2, 3, 50]) expect(await pages(instance, size)).toEqual([a, b, c]);
      const whole = await getChangedDocumentsSince<Sample, unknown>(instance, 50);
      const [newer, gone] = [
        changed(a, { _meta: { lwt: 2000 } }),
        changed(b, { _deleted: true, _meta: { lwt: 2001 } }),
      ];
      await instance.bulkWrite([update(a, newer)], 'x');
      await instance.bulkWrite([update(b, gone)], 'x');
      for (const size of [1, 2, 3, 50]) expect(await pages(instance, size)).toEqual([c, newer, gone]);
      const since = await getChangedDocumentsSince<Sample, unknown>(instance, 50, whole.checkpoint);
      expect(since.documents).toEqual([newer, gone]);
      const none = await getChangedDocumentsSince<Sample, unknown>(instance, 50, since.checkpoint);
      expect(none).toEqual({ documents: [], checkpoint: since.checkpoint });
    });

    it('[S16] tells what changed, with the state before and the context; conflicts and dead inserts are silent', async () => {
      const instance = await open();
      const bulks = listen(instance);
      const [first, dead] = [stored({ id: 'a' }), stored({ id: 'b', _deleted: true })];
      const second = changed(first, { name: 'second' });
      const deleted = changed(second, { _deleted: true });
      const again = changed(deleted, { _deleted: false });
      await instance.bulkWrite(inserts(first, dead), 'one');
      await instance.bulkWrite([update(first, second), { document: stored({ id: 'b' }) }], 'two');
      await instance.bulkWrite([update(second, deleted)], 'three');
      await instance.bulkWrite([update(deleted, again)], 'four');
      await instance.bulkWrite([{ document: stored({ id: 'a' }) }], 'conflict');
      await instance.bulkWrite(inserts(stored({ id: 'c', _deleted: true })), 'dead');
      const event = (operation: string, documentData: StoredSample, before: StoredSample | null, context: string) => ({
        operation,
        documentId: 'a',
        documentData,
        previousDocumentData: before,
        context,
      });
      expect(eventsOf(bulks)).toEqual([
        event('INSERT', first, null, 'one'),
        event('UPDATE', second, first, 'two'),
        event('DELETE', deleted, second, 'three'),
        event('INSERT', again, null, 'four'),
      ]);
      expect(bulks).toHaveLength(4);
      expect(new Set(bulks.map(({ id }) => id)).size).toBe(4);
    });

    it('[S18] forgets deletions that are old enough, and nothing else', async () => {
      const now = Date.now();
      const [old, fresh] = [now - 100_000, now - 1000].map((lwt) =>
        stored({ id: `deleted-${lwt}`, _deleted: true, _meta: { lwt } }),
      ) as [StoredSample, StoredSample];
      const living = stored({ id: 'living', _meta: { lwt: now - 200_000 } });
      const instance = await filled(old, fresh, living);
      while (!(await instance.cleanup(50_000))) await new Promise((wake) => setImmediate(wake));
      expect(idsOf(await find(instance, old.id, fresh.id, 'living'))).toEqual([fresh.id, 'living']);
    });

    it('[S19] [S20] is removed with everything in it, closes once, and then refuses', async () => {
      const instance = await filled(stored({ id: 'a' }));
      await instance.remove();
      await instance.close();
      await expect(async () => instance.remove()).rejects.toThrow(/closed/);
    });
  });
}

/** Everything, by pages of a size. */
async function pages(instance: SampleInstance, size: number): Promise<StoredSample[]> {
  const found: StoredSample[] = [];
  for (let checkpoint: unknown; ;) {
    const page = await getChangedDocumentsSince<Sample, unknown>(instance, size, checkpoint);
    found.push(...page.documents);
    checkpoint = page.checkpoint;
    if (page.documents.length < size) return found;
  }
}
