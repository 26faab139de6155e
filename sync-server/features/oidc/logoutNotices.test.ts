import { describe, expect, it } from 'vitest';
import type { Json } from '#shared/kernel/json.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';
import { noteLogout, wasOvertaken } from './logoutNotices.ts';

const issuer = 'https://id.example';
const ada = { issuer, subject: 'ada', sid: 's1' };

describe('a sign-in at the provider that is under way', () => {
  it.each<[string, { issuer?: string; subject?: string; sid?: string }, boolean]>([
    ['its person', { subject: 'ada' }, true],
    ['its sign-in', { sid: 's1' }, true],
    ['both', { subject: 'ada', sid: 's1' }, true],
    ['another person', { subject: 'grace' }, false],
    ['another sign-in', { sid: 's2' }, false],
    ['another sign-in of its person', { subject: 'ada', sid: 's2' }, false],
    ['its person at another provider', { issuer: 'https://other.example', subject: 'ada' }, false],
  ])('that began before the provider ended %s: %j', async (_who, named, over) => {
    const store = openSqliteStore(temporaryFolder('notices'), () => 0);
    const puts: { area: string; key: string; value: Json; expiresAt?: number }[] = [];
    const putEntry = (area: string, key: string, value: Json, expiresAt = 0) =>
      void puts.push({ area, key, value, expiresAt });
    const getEntries = store.getEntries;
    noteLogout({ getEntries, putEntry }, { issuer, subject: '', sid: '', ...named }, 1000);
    await store.transaction((transaction) => transaction.putEntries(puts));
    expect(await wasOvertaken(store, ada, 999)).toBe(over);
    expect(await wasOvertaken(store, ada, 1001)).toBe(false);
    expect(JSON.stringify(puts)).not.toContain('ada');
    await store.close();
  });
});
