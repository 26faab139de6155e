import { expect, it } from 'vitest';
import { createPasswords, hashPassword, isOutdated, passwordMatches } from './passwords.ts';

it('matches the password it was made from, in any Unicode form, and no other', async () => {
  const secret = await hashPassword('un café très long');
  expect(await passwordMatches('un café très long'.normalize('NFD'), secret)).toBe(true);
  expect(await passwordMatches('un cafe très long', secret)).toBe(false);
  expect(await passwordMatches('', secret)).toBe(false);
});

it('never makes the same secret twice, nor shows the password in it', async () => {
  const [first, second] = [await hashPassword('the same'), await hashPassword('the same')];
  expect(first).not.toBe(second);
  expect(first).toMatch(/^argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(first).not.toContain('the same');
});

it.each([
  undefined,
  '',
  'plain text',
  'argon2id$v=19$m=19456,t=2,p=1$$',
  'argon2id$v=19$m=19456,t=2,p=1$YWJjZGVmZ2hpag$YWJj',
])('a secret %s matches nothing, after the same derivation as any other', async (secret) => {
  const outcome = passwordMatches('x', secret);
  const first = await Promise.race([outcome, new Promise((resolve) => setImmediate(() => resolve('still deriving')))]);
  expect(first).toBe('still deriving');
  expect(await outcome).toBe(false);
});

it('a flood waits in turn, and what is more than may wait is refused without a derivation', async () => {
  const passwords = createPasswords({ atOnce: 2, waiting: 3 });
  const answers = await Promise.all(Array.from({ length: 8 }, () => passwords.matches('x', undefined)));
  expect(answers).toEqual([false, false, false, false, false, undefined, undefined, undefined]);
  const secret = await passwords.hash('violet umbrella');
  expect(await passwords.matches('violet umbrella', secret)).toBe(true);
});

it('a secret of other parameters is outdated, one of today is not', async () => {
  expect(isOutdated(await hashPassword('x'))).toBe(false);
  expect(isOutdated('argon2id$v=19$m=4096,t=3,p=1$AAAA$AAAA')).toBe(true);
});
