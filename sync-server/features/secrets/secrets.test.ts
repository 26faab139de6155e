import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import type { SyncStore } from '#server/storage/store.ts';
import { loadSecretKey } from './secretKey.ts';
import { createSecrets } from './secrets.ts';
import type { Secrets } from './secrets.ts';

const now = Date.parse('2026-03-01T08:00:00.000Z');
const canary = 'canary-5f3c-بطاقة-whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

describe('secrets of the server', () => {
  let folder: string;
  let store: SyncStore;
  let secrets: Secrets;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'steward-secrets-'));
    store = openSqliteStore(folder, () => now);
    secrets = createSecrets({ store, key: loadSecretKey(folder, ''), clock: () => now });
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const stored = async (name: string) => {
    const value = (await store.getEntries('secrets', [name])).get(name);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`no entry ${name}`);
    return value;
  };
  const overwrite = (name: string, value: Awaited<ReturnType<typeof stored>>) =>
    store.transaction((transaction) => transaction.putEntries([{ area: 'secrets', key: name, value }]));

  it('are read back by name, listed without their values, replaced and removed', async () => {
    expect(await secrets.put('crm-hook', canary, 'ada')).toEqual({
      ok: true,
      value: { name: 'crm-hook', updatedAt: '2026-03-01T08:00:00.000Z', updatedBy: 'ada', readable: true },
    });
    expect(await secrets.read('crm-hook')).toEqual({ ok: true, value: canary });
    await secrets.put('Api_Key', 'first', 'ada');
    await secrets.put('Api_Key', 'second', 'ben');
    expect(await secrets.read('Api_Key')).toEqual({ ok: true, value: 'second' });
    const listed = await secrets.list();
    expect(listed.map((one) => [one.name, one.updatedBy])).toEqual([
      ['Api_Key', 'ben'],
      ['crm-hook', 'ada'],
    ]);
    expect(JSON.stringify(listed)).not.toContain('canary');
    expect(await secrets.remove('crm-hook', 'ada')).toEqual({ ok: true, value: { removed: true } });
    expect(await secrets.remove('crm-hook', 'ada')).toEqual({ ok: true, value: { removed: false } });
    expect(await secrets.read('crm-hook')).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('leave no readable trace in any file of the store', async () => {
    await secrets.put('crm-hook', canary, 'ada');
    await secrets.put('crm-hook', `${canary}-2`, 'ada');
    const written = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    expect(written.length).toBeGreaterThan(1);
    for (const bytes of written)
      for (const form of [canary, Buffer.from(canary).toString('base64').slice(0, 24), 'canary-5f3c'])
        expect(bytes.includes(form)).toBe(false);
    const first = await stored('crm-hook');
    await secrets.put('crm-hook', `${canary}-2`, 'ada');
    const again = await stored('crm-hook');
    expect([again['nonce'], again['data']]).not.toEqual([first['nonce'], first['data']]);
  });

  it('do not open when anything of them was changed or moved to another name', async () => {
    await secrets.put('hook', canary, 'ada');
    const good = await stored('hook');
    for (const part of ['nonce', 'tag', 'data']) {
      const bytes = Buffer.from(String(good[part]), 'base64');
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      await overwrite('hook', { ...good, [part]: bytes.toString('base64') });
      expect(await secrets.read('hook')).toMatchObject({
        ok: false,
        error: { code: 'unavailable', message: expect.stringContaining('was changed') },
      });
    }
    await overwrite('hook', {
      ...good,
      tag: Buffer.from(String(good['tag']), 'base64').subarray(0, 4).toString('base64'),
    });
    expect(await secrets.read('hook')).toMatchObject({ ok: false });
    await overwrite('other', good);
    expect(await secrets.read('other')).toMatchObject({ ok: false });
    await overwrite('hook', { half: true });
    expect(await secrets.read('hook')).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('damaged') },
    });
    await overwrite('hook', good);
    expect(await secrets.read('hook')).toEqual({ ok: true, value: canary });
  });

  it('say which key they need when the server runs with another', async () => {
    await secrets.put('hook', canary, 'ada');
    const other = createSecrets({
      store,
      key: loadSecretKey(folder, randomBytes(32).toString('hex')),
      clock: () => now,
    });
    const read = await other.read('hook');
    expect(read).toMatchObject({
      ok: false,
      error: { code: 'unavailable', message: expect.stringContaining('earlier key') },
    });
    expect(JSON.stringify(read)).not.toContain('canary');
    expect(await other.list()).toMatchObject([{ name: 'hook', readable: false }]);
  });

  it('refuse names that are none and values that are empty or too long', async () => {
    for (const name of ['', '1st', 'a b', 'a/b', `a${'b'.repeat(100)}`, '__proto__'])
      expect(await secrets.put(name, 'x', 'ada')).toMatchObject({
        ok: false,
        error: { code: 'invalid', path: 'name' },
      });
    expect(await secrets.put('a', '', 'ada')).toMatchObject({ ok: false, error: { path: 'value' } });
    expect(await secrets.put('a', 'é'.repeat(8193), 'ada')).toMatchObject({ ok: false, error: { path: 'value' } });
    expect(await secrets.list()).toEqual([]);
  });
});

describe('the key for secrets', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'steward-key-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is made once, for its owner only, and found again', () => {
    const data = join(folder, 'data');
    const made = loadSecretKey(data, '');
    expect(loadSecretKey(data, '')).toEqual(made);
    expect(readdirSync(data)).toEqual(['secret.key']);
    expect(statSync(join(data, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(made.bytes).toHaveLength(32);
  });

  it('can be given instead, as base64 or hexadecimal', () => {
    const bytes = randomBytes(32);
    const fromHex = loadSecretKey(folder, bytes.toString('hex'));
    expect(loadSecretKey(folder, bytes.toString('base64'))).toEqual(fromHex);
    expect(readdirSync(folder)).toEqual([]);
    expect(() => loadSecretKey(folder, 'too short')).toThrow('expected 32 bytes');
  });

  it('is never made anew over a file that cannot be read as one', () => {
    writeFileSync(join(folder, 'secret.key'), 'gone\n');
    expect(() => loadSecretKey(folder, '')).toThrow('bring the file back');
    expect(readFileSync(join(folder, 'secret.key'), 'utf8')).toBe('gone\n');
  });
});
