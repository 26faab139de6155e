import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { getRxStorageSqlite } from '#renderer/data/storage/sqlite/getRxStorageSqlite.ts';
import { createSeededRandom } from '#server/features/demo/seededRandom.ts';
import { engineNames } from '#tests/support/storageEngines.ts';
import { forkEngine } from '#tests/support/storageForkEngine.ts';
import { changed, inserts, listen, openSample, stored, update } from '#tests/support/storageSample.ts';
import type { StoredSample } from '#tests/support/storageSample.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const rounds = 50;
const seed = Number(process.env['STEWARD_SEED'] ?? Date.now() % 1_000_000);

describe.each(engineNames)(
  `kill -9 of the engine, ${rounds} rounds over %s, seed ${seed}`,
  { timeout: 120_000 },
  (name) => {
    const random = createSeededRandom(seed);
    const folder = temporaryFolder('killed');
    const file = join(folder, 'replica.sqlite');
    /** Revisions by id: acknowledged, and those of the batch that has no answer yet. */
    const acknowledged = new Map<string, string>();
    let underway: StoredSample[] = [];
    const found = { complete: 0, absent: 0 };
    const engine = forkEngine(folder, name, () => inspect());
    afterAll(() => engine.stop());

    /** What the killed engine left behind. */
    function inspect(): void {
      if (engine.starts() === 0) return;
      const database = new DatabaseSync(file);
      const stored = new Map<unknown, unknown>();
      for (const { id, rev } of database.prepare('SELECT id, rev FROM samples').all()) stored.set(id, rev);
      const there = underway.filter(({ id, _rev }) => stored.get(id) === _rev).length;
      if (underway.length > 0) found[there > 0 ? 'complete' : 'absent'] += 1;
      expect([0, underway.length], 'rows of an interrupted batch').toContain(there);
      for (const [id, revision] of acknowledged)
        if (!underway.some((one) => one.id === id)) expect(stored.get(id), `acknowledged ${id}`).toBe(revision);
      expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
      database.close();
    }

    it('[S5] [S25] [S26] [S27] loses nothing that was acknowledged, writes nothing twice, and goes on by itself', async () => {
      const storage = getRxStorageSqlite({ connect: engine.connect, lists: {} });
      const instance = await openSample(storage, 'replica');
      const client = await storage.clientOf('replica');
      const told = listen(instance);
      const fixed = stored({ id: 'fixed' });
      await instance.bulkWrite(inserts(fixed), 'first');
      acknowledged.set(fixed.id, fixed._rev);
      const documents: StoredSample[] = [];
      const state = { written: 1, batches: 0, stop: false };

      const write = async () => {
        const rows = inserts(
          ...Array.from({ length: random.integer(1, 60) }, () => stored({ id: random.hex(16), note: random.hex(200) })),
        );
        const edited = documents.length > 0 ? [...new Set([random.pick(documents), random.pick(documents)])] : [];
        rows.push(...edited.map((one) => update(one, changed(one, { note: random.hex(300) }))));
        underway = rows.map(({ document }) => document);
        const conflict = { document: stored({ id: 'fixed' }) };
        const { error } = await instance.bulkWrite([conflict, ...rows], 'batch');
        expect(error.map(({ documentId, status }) => [documentId, status])).toEqual([['fixed', 409]]);
        for (const row of underway) acknowledged.set(row.id, row._rev);
        for (const one of edited) documents.splice(documents.indexOf(one), 1);
        documents.push(...underway);
        state.written += underway.length;
        state.batches += 1;
        underway = [];
      };
      const writing = (async () => {
        while (!state.stop) await write();
      })();
      for (let round = 0; round < rounds; round += 1) {
        const enough = state.batches + 1;
        while (state.batches < enough) await Promise.race([new Promise((wake) => setTimeout(wake, 2)), writing]);
        await new Promise((wake) => setTimeout(wake, random.integer(0, 12)));
        const reading = instance.findDocumentsById(['fixed'], true);
        await engine.kill();
        expect(await reading, 'a read that was waiting').toEqual([fixed]);
      }
      state.stop = true;
      await writing;
      expect(engine.starts()).toBeGreaterThanOrEqual(rounds + 1);
      expect(await client.call('check', {})).toEqual([]);
      const everything = await client.call('changedSince', { table: 'samples', sequence: 0, limit: 1_000_000 });
      const stays = (JSON.parse(everything.documents) as StoredSample[]).map(({ id, _rev }) => [id, _rev] as const);
      expect(new Map(stays)).toEqual(acknowledged);
      expect(everything.sequence, 'every row was written once').toBe(state.written);
      expect(told.flatMap(({ events }) => events)).toHaveLength(state.written);
      expect(found.complete + found.absent, `interrupted batches: ${JSON.stringify(found)}`).toBeGreaterThan(
        rounds / 4,
      );
      await instance.close();
    });
  },
);
