import { copyFileSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EngineFailure } from '#electron/replica/engines/engine.ts';
import { openEngine } from '#electron/replica/engines/openEngine.ts';
import { openFile, replaceFile } from '#electron/replica/openFile.ts';
import type { OpenEngine } from '#electron/replica/openFile.ts';
import { engineNames, openWindow } from '#tests/support/storageEngines.ts';
import { openRecords, recordRow } from '#tests/support/storageRecords.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const unsent = Array.from({ length: 300 }, (_, index) => recordRow(index, 1));
const now = new Date('2026-05-01T10:00:00.000Z');

describe.each(engineNames)('a rescue over %s that does not come to its end', (name) => {
  const folder = temporaryFolder('interrupted');
  const open: OpenEngine = (file) => openEngine(file, name === 'libsql' ? 'libsql' : undefined);

  it.each([1, 2, 3, 4])('[S29] is taken up again at the next opening (stopped at step %i)', async (stoppedAt) => {
    const database = `replica-${stoppedAt}`;
    const file = join(folder, `${database}.sqlite`);
    const { storage } = openWindow(name, { folder });
    const tables = await openRecords(storage, database);
    await tables.runs.bulkWrite(
      unsent.map((document) => ({ document })),
      'x',
    );
    await tables.close();
    let step = 0;
    const stop = () => {
      step += 1;
      if (step >= stoppedAt) throw new EngineFailure('full', 'database or disk is full');
    };
    /** Stops at opening what was set aside, at opening the new file, at its tables, or at its rows. */
    const failing: OpenEngine = (path) => {
      if (!path.includes('damaged')) stop();
      const engine = open(path);
      if (path.includes('damaged')) return engine;
      return {
        ...engine,
        exec: (sql) => {
          if (sql.startsWith('CREATE')) stop();
          engine.exec(sql);
        },
      };
    };
    expect(() => replaceFile(file, failing, now, 'a test')).toThrow(/disk is full/);
    const { engine, rescue } = openFile(file, open, now);
    engine.close();
    expect(rescue).toMatchObject({
      unsent: unsent.length,
      incomplete: false,
      reason: 'setting it aside was interrupted',
    });
    expect(readdirSync(folder).filter((one) => one.startsWith(`${database}.sqlite.damaged`))).toEqual([rescue?.keptAs]);
    const again = await openRecords(storage, database);
    expect(
      await again.runs.findDocumentsById(
        unsent.map(({ id }) => id),
        true,
      ),
    ).toHaveLength(unsent.length);
    await again.close();
    expect(openFile(file, open, now).rescue).toBeNull();
  });

  it('[S29] that moved no more than the log moves the file too', async () => {
    const { storage } = openWindow(name, { folder });
    const tables = await openRecords(storage, 'log');
    await tables.runs.bulkWrite([{ document: recordRow(1, 1) }], 'x');
    const [file, kept] = [join(folder, 'log.sqlite'), join(folder, 'log.sqlite.damaged-then')];
    for (const suffix of ['', '-wal']) copyFileSync(`${file}${suffix}`, `${join(folder, 'copy.sqlite')}${suffix}`);
    await tables.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    renameSync(join(folder, 'copy.sqlite'), file);
    renameSync(join(folder, 'copy.sqlite-wal'), `${kept}-wal`);
    writeFileSync(`${file}.rescue`, 'log.sqlite.damaged-then');
    const { engine, rescue } = openFile(file, open, now);
    engine.close();
    expect(rescue).toMatchObject({ keptAs: 'log.sqlite.damaged-then', unsent: 1 });
    expect(existsSync(`${file}.rescue`)).toBe(false);
  });

  it.each(['', 'of-nowhere'])('[S21] a note of it that means nothing (%j) costs nothing', async (note) => {
    const file = join(folder, 'noted.sqlite');
    writeFileSync(`${file}.rescue`, note);
    const { engine, rescue } = openFile(file, open, now);
    engine.close();
    expect([rescue, existsSync(`${file}.rescue`)]).toEqual([null, false]);
    rmSync(file);
  });
});
