import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileWriters } from './fileWriters.ts';

describe('a file that grows while it is written', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'steward-files-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const writersHere = () => createFileWriters((name) => Promise.resolve(join(folder, name)));
  const begun = async (writers: ReturnType<typeof writersHere>, suggestedName = 'log.csv') => {
    const one = await writers.begin({ suggestedName });
    if (!one) throw new Error('nothing was begun');
    return one;
  };

  it('has its name only once it is whole, with everything in the order it was given', async () => {
    const writers = writersHere();
    const { id } = await begun(writers);
    await Promise.all(['a', 'é', 'c'].map((text) => writers.append({ id, text })));
    expect(readdirSync(folder).every((name) => name.endsWith('.part'))).toBe(true);
    expect(await writers.end({ id, keep: true })).toEqual({ path: join(folder, 'log.csv'), bytes: 4 });
    expect(readdirSync(folder)).toEqual(['log.csv']);
    expect(readFileSync(join(folder, 'log.csv'), 'utf8')).toBe('aéc');
    await expect((async () => writers.append({ id, text: 'late' }))()).rejects.toThrow('begin again');
  });

  it('leaves nothing when it is cancelled or the console ends', async () => {
    const writers = writersHere();
    const { id } = await begun(writers);
    await writers.append({ id, text: 'half' });
    expect(await writers.end({ id, keep: false })).toBeNull();
    const other = await begun(writers);
    await writers.append({ id: other.id, text: 'half' });
    await writers.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is one of four at most', async () => {
    const writers = writersHere();
    for (const name of ['1', '2', '3', '4']) await begun(writers, name);
    await expect(writers.begin({ suggestedName: '5' })).rejects.toThrow('4 files are being written');
    await writers.close();
  });

  it('is not begun when the person chooses no place', async () => {
    const writers = createFileWriters(() => Promise.resolve(undefined));
    expect(await writers.begin({ suggestedName: 'log.csv' })).toBeNull();
  });
});
