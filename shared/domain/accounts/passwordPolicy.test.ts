import { describe, expect, it } from 'vitest';
import { checkPassword } from './passwordPolicy.ts';

const noor = { email: 'noor.haddad@steward.example', name: 'Noor Haddad' };
const problemOf = (password: string, person = noor) => checkPassword(password, person).problem;

describe('a password', () => {
  it.each([
    'correct horse battery staple',
    'a long sentence nobody says aloud',
    'un café très long',
    'كلمة سر طويلة جدا',
    '日本語のとても長い秘密の文',
    'x7Q!m2Zp9@kL',
    'noor walks seven dogs at dawn',
  ])('like "%s" may be used', (password) => {
    expect(problemOf(password)).toBeUndefined();
  });

  it.each([
    ['eleven char', 'too_short'],
    ['', 'too_short'],
    ['x'.repeat(1025), 'too_long'],
    ['passwordpassword', 'common'],
    ['Password1234', 'common'],
    ['123456789012', 'common'],
    ['P@ssw0rd2024!!', 'common'],
    ['administrator', 'common'],
    ['steward-demo', 'personal'],
    ['noorhaddad2026!', 'personal'],
    ['Noor Haddad Noor Haddad', 'personal'],
    ['noor.haddad@steward.example', 'personal'],
    ['aaaaaaaaaaaaaaaaaaa', 'weak'],
    ['abcabcabcabcabcabc', 'weak'],
  ])('like "%s" is refused: %s', (password, problem) => {
    expect(problemOf(password)).toBe(problem);
  });

  it('is as long as it looks, in whatever form it is typed', () => {
    expect(problemOf('é'.normalize('NFD').repeat(11))).toBe('too_short');
    expect(problemOf('𝔸'.repeat(11))).toBe('too_short');
    const words = Array.from({ length: 128 }, (_, index) => `word${(index * 7919) % 997}`)
      .join(' ')
      .slice(0, 1024);
    expect(problemOf(words)).toBeUndefined();
  });

  it('is somebody else’s word only where it is theirs', () => {
    expect(problemOf('haddad-2026-haddad')).toBe('personal');
    expect(problemOf('haddad-2026-haddad', { email: 'li@x.example', name: 'Li' })).not.toBe('personal');
  });
});
