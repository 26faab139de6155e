import { expect, it } from 'vitest';
import { openSqliteStore } from '../../storage/sqlite/openSqliteStore.ts';
import { createSubjects, tieOf, unbindSubjects } from './subjects.ts';

const ada = { issuer: 'https://id.example', subject: 'ada' };

it('knows since when an account is tied, whatever is tied again later', async () => {
  let now = 1000;
  const store = openSqliteStore(':memory:', () => now);
  const subjects = createSubjects(store, () => now);
  expect(await tieOf(store, 'staff-1')).toBeUndefined();
  expect(await subjects.bind(ada, 'staff-1')).toBe(true);
  now = 2000;
  expect(await subjects.bind(ada, 'staff-1')).toBe(true);
  expect(await tieOf(store, 'staff-1')).toEqual({ issuer: ada.issuer, since: 1000 });
  await store.transaction((transaction) => unbindSubjects(transaction, 'staff-1'));
  expect(await tieOf(store, 'staff-1')).toBeUndefined();
  expect(await subjects.staffOf(ada)).toBeUndefined();
  await store.close();
});

it('says of a tie of an earlier version only that there is one', async () => {
  const store = openSqliteStore(':memory:', () => 0);
  const subjects = createSubjects(store, () => 0);
  await subjects.bind(ada, 'staff-1');
  await store.transaction((transaction) => transaction.removeEntriesWithPrefix('oidc.tie', ''));
  expect(await tieOf(store, 'staff-1')).toEqual({ issuer: '', since: 0 });
  await store.close();
});

it('lets somebody in anew whose account was erased with what it knew of them', async () => {
  const store = openSqliteStore(':memory:', () => 0);
  const subjects = createSubjects(store, () => 0);
  await subjects.bind(ada, 'erased');
  for (const area of ['oidc.staff', 'oidc.tie'])
    await store.transaction((transaction) => transaction.removeEntriesWithPrefix(area, 'erased'));
  await store.transaction((transaction) => unbindSubjects(transaction, 'erased', ada));
  expect(await subjects.bind(ada, 'staff-2')).toBe(true);
  expect(await subjects.staffOf(ada)).toBe('staff-2');
  await store.close();
});
