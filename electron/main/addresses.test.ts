import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assetFile } from './assetFile.ts';
import { deepLinkInCommandLine, deepLinkPath } from './deepLink.ts';
import { externalAddress } from './externalAddress.ts';
import { serverOrigin } from './settings.ts';

describe('files behind app:// addresses', () => {
  const folder = resolve('/srv/console');

  it.each([
    ['app://steward/', 'index.html'],
    ['app://steward/index.html#/tenants', 'index.html'],
    ['app://steward/assets/a%20b.js?x=1', 'assets/a b.js'],
    ['app://steward/../../etc/passwd', 'etc/passwd'],
  ])('%s is %s inside the folder', (address, file) => {
    expect(assetFile(folder, address)).toBe(resolve(folder, file));
  });

  it.each([
    'app://steward/..%2f..%2fetc/passwd',
    'app://steward/%2e%2e%2f%2e%2e%2fetc/passwd',
    'app://steward/..%5c..%5cetc',
    'app://steward/a%00.html',
    'app://steward/%E0%A4%A',
    'app://other/index.html',
    'file:///etc/passwd',
    'not an address',
  ])('%s is no file', (address) => {
    expect(assetFile(folder, address)).toBeUndefined();
  });
});

describe('deep links', () => {
  it('name a place in the console', () => {
    expect(deepLinkPath('steward://records/tenant/0190-a')).toBe('/records/tenant/0190-a');
    expect(deepLinkInCommandLine(['/usr/bin/steward', '--flag', 'steward://inbox/'])).toBe('/inbox');
  });

  it.each(['https://records/tenant/1', 'steward://records/<script>', 'steward://a/b?c=d e/%2e%2e', 'nonsense'])(
    '%s carries nothing else into the console',
    (link) => {
      expect(deepLinkPath(link) ?? '').not.toMatch(/[<>%?#:]/);
    },
  );
});

describe('server addresses', () => {
  it('are reduced to their origin', () => {
    expect(serverOrigin(' https://steward.example.org/path?x=1 ')).toBe('https://steward.example.org');
  });

  it.each(['ftp://steward.example.org', 'https://name:secret@steward.example.org', 'steward', ''])(
    '"%s" is refused',
    (address) => {
      expect(() => serverOrigin(address)).toThrow('is no server address');
    },
  );
});

describe('addresses that leave the console', () => {
  it('are https ones', () => {
    expect(externalAddress('https://steward.example.org/help?x=1')).toBe('https://steward.example.org/help?x=1');
  });

  it.each(['http://steward.example.org', 'file:///etc/passwd', 'javascript:alert(1)', 'https://a:b@c.example', 'x'])(
    '"%s" is refused',
    (address) => {
      expect(() => externalAddress(address)).toThrow('only https addresses');
    },
  );
});
