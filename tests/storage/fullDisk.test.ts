import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openEngine } from '#electron/replica/engines/openEngine.ts';
import type { OpenEngine } from '#electron/replica/openFile.ts';
import { engineNames, openWindow } from '#tests/support/storageEngines.ts';
import { changed, inserts, listen, openSample, prepared, stored, update } from '#tests/support/storageSample.ts';
import type { StoredSample } from '#tests/support/storageSample.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const size = 8 * 1024 * 1024;

interface SmallDisk {
  folder: string;
  open: OpenEngine;
  /** Takes the room that is to be given back later. */
  takeRoom: () => void;
  giveRoom: () => void;
  /** Bytes that are free, as far as this disk can tell. */
  room: () => number;
}

/** A file system of 8 MB; undefined where mounting is not allowed. */
function mountSmallDisk(): ((folder: string) => void) | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const mount = (folder: string) => {
    mkdirSync(folder, { recursive: true });
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' });
  };
  const probe = join(temporaryFolder('probe'), 'mounted');
  try {
    mount(probe);
    execFileSync('/bin/umount', [probe], { stdio: 'ignore' });
    return mount;
  } catch {
    return undefined;
  }
}

const mount = mountSmallDisk();
const kind = mount ? 'a tmpfs of 8 MB' : 'mounting refused: PRAGMA max_page_count';

describe.each(engineNames)(`a full disk (${kind}) under %s`, { timeout: 60_000 }, (name) => {
  const disk = mount ? mountedDisk(mount) : limitedFile();
  const { storage } = openWindow(name, { folder: disk.folder, openEngine: disk.open });
  const openNamed = (file: string) => openEngine(file, name === 'libsql' ? 'libsql' : undefined);

  function mountedDisk(make: (folder: string) => void): SmallDisk {
    const folder = join(temporaryFolder('full'), 'disk');
    make(folder);
    afterAll(() => void execFileSync('/bin/umount', ['-l', folder], { stdio: 'ignore' }));
    const ballast = join(folder, 'ballast');
    return {
      folder,
      open: (file) => openNamed(file),
      takeRoom: () => writeFileSync(ballast, Buffer.alloc(3 * 1024 * 1024)),
      giveRoom: () => rmSync(ballast),
      room: () => statfsSync(folder).bavail * statfsSync(folder).bsize,
    };
  }
  function limitedFile(): SmallDisk {
    let limit = (pages: number): void => void pages;
    return {
      folder: temporaryFolder('full'),
      open: (file) => {
        const engine = openNamed(file);
        limit = (pages) => engine.exec(`PRAGMA max_page_count = ${pages}`);
        return engine;
      },
      takeRoom: () => limit(800),
      giveRoom: () => limit(100_000),
      room: () => 0,
    };
  }

  it('[S5] [S30] refuses writes wholly, goes on reading, and writes again when there is room', async () => {
    const instance = await openSample(storage, 'replica');
    const told = listen(instance);
    const acknowledged = new Map<string, StoredSample>();
    const batch = (label: string) =>
      Array.from({ length: 50 }, (_, index) => stored({ id: `${label}-${index}`, note: `${label} `.repeat(60) }));
    const first = batch('first');
    await instance.bulkWrite(inserts(...first), 'x');
    for (const document of first) acknowledged.set(document.id, document);
    disk.takeRoom();

    const write = async (label: string) => {
      const documents = batch(label);
      const edited = first.slice(0, 3).map((one) => acknowledged.get(one.id) ?? one);
      const rows = [...inserts(...documents), ...edited.map((one) => update(one, changed(one, { name: label })))];
      const { error } = await instance.bulkWrite(rows, label);
      expect(error).toEqual([]);
      for (const { document } of rows) acknowledged.set(document.id, document);
    };
    const fill = async (label: string): Promise<unknown> => {
      for (let round = 0; round < 1000; round += 1) {
        try {
          await write(`${label}-${round}`);
        } catch (error) {
          return error;
        }
      }
      return undefined;
    };
    const whole = async () => {
      const { documents } = await instance.query(prepared({ sort: [{ id: 'asc' }] }));
      expect(new Map(documents.map((document) => [document.id, document]))).toEqual(acknowledged);
      expect(await instance.count(prepared({}))).toEqual({ count: acknowledged.size, mode: 'fast' });
    };
    expect(await fill('until')).toMatchObject({ name: 'EngineError', code: 'full' });
    const events = told.flatMap((bulk) => bulk.events).length;
    for (let attempt = 0; attempt < 5; attempt += 1)
      await expect(write(`refused-${attempt}`)).rejects.toMatchObject({ code: 'full' });
    expect(told.flatMap((bulk) => bulk.events)).toHaveLength(events);
    await whole();
    expect(disk.room()).toBeLessThan(size / 10);

    disk.giveRoom();
    const before = acknowledged.size;
    await write('again');
    expect(acknowledged.size).toBe(before + 50);
    await whole();
    const client = await storage.clientOf('replica');
    expect(await client.call('check', {})).toEqual([]);
    await instance.close();
    const reopened = await openSample(storage, 'replica');
    expect(await reopened.count(prepared({}))).toEqual({ count: acknowledged.size, mode: 'fast' });
    await reopened.close();
  });
});
