import { expect, it } from 'vitest';
import { openSqliteStore } from '../../storage/sqlite/openSqliteStore.ts';
import type { Entry } from '../../storage/store.ts';
import { createSealer } from '../secrets/sealedValue.ts';
import { createProviderSessions } from './providerSessions.ts';
import type { EntryBatch } from './providerSessions.ts';

function open() {
  const store = openSqliteStore(':memory:', () => 0);
  const sealer = createSealer({ id: 'test', bytes: new Uint8Array(32).fill(9) });
  const sessions = createProviderSessions({ store, sealer });
  /** As a group commit does it: what is put is stored when the work is done. */
  const write = <Answer>(work: (batch: EntryBatch) => Promise<Answer>) =>
    store.transaction(async (transaction) => {
      const puts: Entry[] = [];
      const answer = await work({
        entriesOf: (area, range) => transaction.entriesOf(area, range),
        putEntry: (area, key, value) => void puts.push({ area, key, value }),
      });
      await transaction.putEntries(puts);
      return answer;
    });
  const begin = async (id: string, subject: string, sid: string, idToken = '') => {
    const times = { createdAt: 0, lastSeenAt: 0, revokedAt: 0 };
    const session = { id, staffId: subject, clientId: 'desk', device: 'Desk', address: '', ...times };
    await store.transaction((transaction) => transaction.putSession(session));
    await write(async (batch) => sessions.keep(batch, id, { staffId: subject, issuer, subject, sid, idToken }));
  };
  const named = (subject: string, sid: string) => write((batch) => sessions.begunBy(batch, { issuer, subject, sid }));
  const kept = async () => (await store.allEntries(undefined, 100)).map(({ area, value }) => [area, value] as const);
  return { store, sessions, begin, named, kept };
}
const issuer = 'https://id.example';

it('finds sessions by person, by sign-in, and by both only where both fit', async () => {
  const { store, begin, named } = open();
  await begin('one', 'ada', 'first');
  await begin('two', 'ada', 'second');
  await begin('three', 'ben', '');
  expect(await named('ada', '')).toEqual(['one', 'two']);
  expect(await named('', 'second')).toEqual(['two']);
  expect(await named('ada', 'first')).toEqual(['one']);
  expect(await named('ben', 'first')).toEqual([]);
  expect(await named('', '')).toEqual([]);
  await store.close();
});

it('keeps the ID token sealed, nothing else of the person but their id, and forgets all of it with the session', async () => {
  const { store, sessions, begin, named, kept } = open();
  await begin('one', 'ada', 'first', 'header.claims.signature');
  await begin('two', 'ben', 'second');
  expect(await sessions.idTokenOf('one')).toBe('header.claims.signature');
  expect(await sessions.idTokenOf('two')).toBeUndefined();
  expect(JSON.stringify(await kept())).not.toMatch(/claims|first|id\.example/);
  expect((await kept()).map(([, value]) => (value as { staffId: string }).staffId).sort()).toEqual(
    ['ada', 'ben'].flatMap((id) => [id, id, id]),
  );
  await sessions.forget(['one', 'never was']);
  expect(await sessions.idTokenOf('one')).toBeUndefined();
  expect(await named('ada', '')).toEqual([]);
  expect(await kept()).toHaveLength(3);
  await store.close();
});

it('sweeps away what sessions left behind that ended while nobody listened', async () => {
  const { store, sessions, begin, named, kept } = open();
  await begin('one', 'ada', 'first');
  await begin('two', 'ada', 'second');
  const session = await store.getSession('one');
  await store.transaction((transaction) => transaction.putSession({ ...session!, revokedAt: 1 }));
  await sessions.sweep();
  expect(await named('ada', '')).toEqual(['two']);
  expect(await kept()).toHaveLength(3);
  await store.close();
});
