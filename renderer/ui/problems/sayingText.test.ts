import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { problemOf, saying, sentences } from '#shared/kernel/sentences/sentence.ts';
import type { Saying } from '#shared/kernel/sentences/sentence.ts';
import { problemText } from './useProblemText.ts';

const languages = ['en', 'fr', 'ar'] as const;
const i18n = createInstance();

beforeAll(async () => {
  const folder = join(import.meta.dirname, '../../locales');
  const resources = Object.fromEntries(
    languages.map((language) => [
      language,
      Object.fromEntries(
        readdirSync(join(folder, language)).map((name) => [
          name.replace('.json', ''),
          JSON.parse(readFileSync(join(folder, language, name), 'utf8')) as Record<string, unknown>,
        ]),
      ),
    ]),
  );
  await i18n.init({ resources, lng: 'en', fallbackLng: 'en', interpolation: { escapeValue: false } });
});

const plain = (text: string) => text.replaceAll(/[\u2066-\u2069]/g, '');
async function inLanguage(language: (typeof languages)[number], says: Saying): Promise<string> {
  if (i18n.language !== language) await i18n.changeLanguage(language);
  return plain(problemText(i18n, problemOf('invalid', says)));
}

describe('what went wrong, in the language of the person', () => {
  it('names kinds, fields and states as the console names them everywhere', async () => {
    const why = saying('text_too_long', { limit: 120 });
    const field = saying('field_not_valid', { kind: 'tenant', field: 'name', why });
    expect(await inLanguage('fr', field)).toBe(
      'Le champ « Nom » (Client) n’est pas valide : au plus 120 caractères sont permis.',
    );
    expect(await inLanguage('ar', field)).toContain('(مستأجر)');
    const move = saying('move_not_allowed', { kind: 'approval', from: 'pending', to: 'nowhere', allowed: [] });
    expect(await inLanguage('fr', move)).toMatch(/: rien\.$/);
    expect(await inLanguage('en', move)).not.toContain('pending');
  });

  it('counts as the language counts', async () => {
    const held = (count: number) => inLanguage('ar', saying('role_in_use', { count }));
    expect(new Set([await held(1), await held(2), await held(3), await held(11), await held(100)]).size).toBe(5);
    expect(await inLanguage('fr', saying('role_in_use', { count: 1 }))).toContain('1 personne porte');
  });

  it.each([
    [1, '1 second'],
    [89, '89 seconds'],
    [90, '2 minutes'],
    [900, '15 minutes'],
    [7200, '2 hours'],
  ])('says a wait of %i seconds as %s', async (wait, words) => {
    expect(await inLanguage('en', saying('attempts_locked', { wait }))).toContain(`Wait ${words},`);
  });

  it('says what is wrong with a rule inside the sentence that it cannot be active', async () => {
    const problem = { key: 'rule_problem', values: { code: 'unknown_kind', kind: 'ghost', message: 'unknown kind' } };
    const text = await inLanguage('fr', saying('rule_cannot_be_active', { problem }));
    expect(text).toMatch(/^La règle ne peut pas être active : .*ghost.* Corrigez-la/);
    expect(text).not.toContain('unknown kind');
  });

  it('is English where the console has no such sentence, and for a server that says nothing else', async () => {
    await i18n.changeLanguage('ar');
    const newer = {
      code: 'invalid',
      message: 'A {{new}} thing $t(none).',
      details: { says: { key: 'newer' } },
    } as const;
    expect(problemText(i18n, newer)).toBe('A {{new}} thing $t(none).');
    expect(problemText(i18n, { code: 'invalid', message: 'As ever.' })).toBe('As ever.');
    expect(problemText(i18n, { code: 'invalid', message: 'As ever.' }, 'Other words')).toBe('Other words');
  });

  it('does not take words of a value for its own language', async () => {
    const text = await inLanguage('fr', saying('no_such_tenant', { tenant: '{{count}} $t(none)' }));
    expect(text).toContain('« {{count}} $t(none) »');
  });

  it.each(['fr', 'ar'] as const)('leaves no sentence of the catalogue in English (%s)', async (language) => {
    const names = [...new Set(Object.values(sentences).flatMap((one) => one.match(/(?<=\{\{)\w+/g) ?? []))];
    const values = Object.fromEntries(names.map((name) => [name, name === 'count' ? 3 : 'X']));
    const all = Object.keys(sentences).map((key): Saying => ({ key, values }));
    const inEnglish = new Map<string, string>();
    for (const says of all) inEnglish.set(says.key, await inLanguage('en', says));
    const told = new Map<string, string>();
    for (const says of all) told.set(says.key, await inLanguage(language, says));
    expect([...told].filter(([key, text]) => text === inEnglish.get(key) || text.includes('{{'))).toEqual([]);
  });
});
