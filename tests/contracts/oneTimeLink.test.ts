import { describe, expect, it } from 'vitest';
import { deepLinkPath } from '#electron/main/deepLink.ts';
import { linkWithServer } from '#renderer/features/access/person/linkWithServer.ts';
import { oneTimeLinkOfPlace, readOneTimeLink } from '#renderer/app/signIn/oneTimeLink.ts';

describe('a one-time link', () => {
  const link = 'steward://link?server=https%3A%2F%2Fsteward.example.org%2F&token=a-B_9';
  const parts = { token: 'a-B_9', serverUrl: 'https://steward.example.org' };

  it('says the same when the shell opens it and when it is pasted', () => {
    const place = deepLinkPath(link) ?? '';
    expect(place).toMatch(/^\/link\/a-B_9\/[\w-]+$/);
    expect(oneTimeLinkOfPlace(place)).toEqual(parts);
    expect(readOneTimeLink(` ${link}\n`)).toEqual(parts);
  });

  it('may be its token alone, and then belongs to the server of the moment', () => {
    expect(readOneTimeLink(' a-B_9 ')).toEqual({ token: 'a-B_9', serverUrl: '' });
    for (const text of ['steward://link?token=a-B_9', 'steward://link?server=&token=a-B_9']) {
      expect(oneTimeLinkOfPlace(deepLinkPath(text) ?? '')).toEqual({ token: 'a-B_9', serverUrl: '' });
      expect(readOneTimeLink(text)).toEqual({ token: 'a-B_9', serverUrl: '' });
    }
  });

  it('names the server for a console that never heard of it, also where the server does not know its own address', () => {
    const here = 'http://127.0.0.1:4790';
    for (const made of ['steward://link?token=a-B_9', 'steward://link?server=&token=a-B_9']) {
      const told = linkWithServer(made, here);
      expect(oneTimeLinkOfPlace(deepLinkPath(told) ?? '')).toEqual({ token: 'a-B_9', serverUrl: here });
      expect(readOneTimeLink(told)).toEqual({ token: 'a-B_9', serverUrl: here });
    }
    expect(linkWithServer(link, here)).toBe(link);
  });

  it('leads nowhere else', () => {
    expect(deepLinkPath('steward://link?token=../inbox%3Fx')).toBeUndefined();
    expect(oneTimeLinkOfPlace('/link/a/***')).toBeUndefined();
    expect(oneTimeLinkOfPlace('/tenants')).toBeUndefined();
    expect(readOneTimeLink('steward://link?server=not%20an%20address&token=t')).toEqual({ token: 't', serverUrl: '' });
  });
});
