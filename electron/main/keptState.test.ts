import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Protection } from '#shared/ipc/contract.ts';
import { openLog } from './logFile.ts';
import { openSessionVault } from './sessionVault.ts';
import type { Cipher } from './sessionVault.ts';
import { openSettings } from './settings.ts';

const session = {
  refreshToken: 'refresh-token',
  email: 'admin@steward.example',
  serverUrl: 'https://steward.example.org',
};

/** Turns text around: enough to see that the file does not hold it as it is. */
function reversingCipher(protection: Protection): Cipher {
  const reverse = (text: string) => text.split('').toReversed().join('');
  return {
    protection: () => protection,
    encrypt: (text) => Buffer.from(reverse(text)),
    decrypt: (data) => reverse(data.toString()),
  };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steward-kept-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the kept session', () => {
  const complaints: string[] = [];
  const open = (cipher: Cipher) =>
    openSessionVault(
      join(folder, 'session.json'),
      cipher,
      (message) => complaints.push(message),
      () => 0,
    );
  beforeEach(() => complaints.splice(0));

  it.each<Protection>(['keychain', 'basic', 'none'])('comes back after a restart (%s)', (protection) => {
    expect(open(reversingCipher(protection)).save(session)).toBe(protection);
    expect(open(reversingCipher(protection)).load()).toEqual(session);
    expect(statSync(join(folder, 'session.json')).mode & 0o077).toBe(0);
    expect(readdirSync(folder)).toEqual(['session.json']);
  });

  it('is gone after signing out, and signing out twice is fine', () => {
    const vault = open(reversingCipher('keychain'));
    vault.save(session);
    vault.clear();
    vault.clear();
    expect(vault.load()).toBeNull();
    expect(complaints).toEqual([]);
  });

  it('keeps sessions of others that were left over signing out, until they are given up', () => {
    const left = [{ ...session, email: 'ada@steward.example', staffId: 'ada' }];
    open(reversingCipher('keychain')).save({ ...session, left });
    const vault = open(reversingCipher('keychain'));
    expect(vault.load()).toEqual({ ...session, left });
    vault.clear();
    expect(vault.load()).toBeNull();
    const later = open(reversingCipher('keychain'));
    expect(later.load()).toBeNull();
    later.save(session);
    expect(later.load()).toEqual({ ...session, left });
    later.save({ ...session, left: [] });
    later.clear();
    expect(readdirSync(folder)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('is treated as absent when the keychain has changed, and says so', () => {
    open(reversingCipher('keychain')).save(session);
    const changed = { ...reversingCipher('keychain'), decrypt: () => 'something else' };
    expect(open(changed).load()).toBeNull();
    expect(complaints).toEqual(['the stored session cannot be read; the person has to sign in again']);
  });

  it('is treated as absent when the file is damaged', () => {
    writeFileSync(join(folder, 'session.json'), '{ "protection": "keych');
    expect(open(reversingCipher('keychain')).load()).toBeNull();
  });
});

describe('settings', () => {
  const firstId = '0190a6e2-3f41-7c3d-8f2e-5b1a9d6c4e70';
  const secondId = '0190a6e2-3f41-7c3d-8f2e-5b1a9d6c4e71';
  const open = (given?: string, id = firstId) => openSettings(join(folder, 'settings.json'), given, () => id);

  it('name the installation once and for ever', () => {
    expect(open().clientId).toBe(firstId);
    expect(open(undefined, secondId).clientId).toBe(firstId);
  });

  it('begin with the server on this machine and keep the one the person sets', () => {
    const settings = open();
    expect(settings.serverUrl()).toBe('http://127.0.0.1:4780');
    settings.setServerUrl('https://steward.example.org/');
    expect(settings.serverUrl()).toBe('https://steward.example.org');
    expect(open().serverUrl()).toBe('https://steward.example.org');
  });

  it('let the environment win without keeping it', () => {
    expect(open('http://127.0.0.1:4999').serverUrl()).toBe('http://127.0.0.1:4999');
    expect(open().serverUrl()).toBe('http://127.0.0.1:4780');
  });

  it('refuse a bad address and stay as they were', () => {
    const settings = open();
    expect(() => settings.setServerUrl('steward')).toThrow('"steward" is no server address');
    expect(settings.serverUrl()).toBe('http://127.0.0.1:4780');
  });
});

describe('the log', () => {
  it('keeps lines with their reason, and moves to a second file when it is large', () => {
    const path = join(folder, 'logs/steward.log');
    const log = openLog(path, () => new Date('2026-03-01T10:00:00Z'));
    const size = () => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    while (size() <= 5 * 1024 * 1024) log('error', 'main', 'x'.repeat(32_000));
    log('warn', 'ipc', 'refused', new Error('why'));
    const line = JSON.parse(readFileSync(path, 'utf8'));
    expect(line).toMatchObject({ time: '2026-03-01T10:00:00.000Z', level: 'warn', source: 'ipc', message: 'refused' });
    expect(line.reason).toContain('Error: why');
    expect(readdirSync(join(folder, 'logs')).sort()).toEqual(['steward.log', 'steward.log.1']);
  });
});
