import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemRoles } from '#shared/domain/access/systemRoles.ts';
import { sentences } from '#shared/kernel/sentences/sentence.ts';
import { passwordProblems } from '#shared/domain/accounts/passwordPolicy.ts';

const languages = ['en', 'fr', 'ar'] as const;
type Texts = Readonly<Record<string, string>>;

/** Values of a sentence that a language may leave out: in "one person" the number is said by the word. */
const said = new Set(['count']);

/** What a language lacks of a catalogue of sentences, or says with values that the sentence does not have. */
function lacks(catalogue: Texts, texts: Texts): string[] {
  return Object.entries(catalogue).flatMap(([key, sentence]) => {
    const forms = Object.entries(texts).filter(
      ([name]) => name === key || (name.startsWith(`${key}_`) && /_(zero|one|two|few|many|other)$/.test(name)),
    );
    const known = forms.filter(([name]) => name === key || !Object.hasOwn(catalogue, name));
    if (known.length === 0) return [`${key} is missing`];
    const wanted = valuesOf(sentence);
    return known.flatMap(([name, text]) => {
      const found = valuesOf(text);
      const strange = found.filter((value) => !wanted.includes(value));
      const lost = wanted.filter((value) => !said.has(value) && !found.includes(value));
      return [
        ...strange.map((value) => `${name} has a value {{${value}}} that the sentence has not`),
        ...lost.map((value) => `${name} does not say {{${value}}}`),
      ];
    });
  });
}

function valuesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name ?? ''))].sort();
}

function textsOf(language: string, namespace: string): Record<string, unknown> {
  const path = join(import.meta.dirname, '../../renderer/locales', language, `${namespace}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}

describe('what goes wrong is told in every language', () => {
  it.each(languages)('%s has each sentence that a server, a check or the console itself can say', (language) => {
    const texts = textsOf(language, 'problems')['sentence'] as Texts;
    expect(lacks(sentences, texts)).toEqual([]);
    const keys = Object.keys(texts).map((name) =>
      Object.hasOwn(sentences, name) ? name : name.replace(/_(zero|one|two|few|many|other)$/, ''),
    );
    expect(keys.filter((key) => !Object.hasOwn(sentences, key))).toEqual([]);
  });

  it('a missing sentence, a lost value and a strange one would be found', () => {
    const catalogue = { gone: 'It is gone.', held: 'Held by {{count}} people.', field: "The field '{{field}}'." };
    const whole = { gone: 'Parti.', held_one: 'Une personne', held_other: '{{count, number}} personnes' };
    expect(lacks(catalogue, { ...whole, field: 'Le champ {{field}}' })).toEqual([]);
    expect(lacks(catalogue, whole)).toEqual(['field is missing']);
    expect(lacks(catalogue, { ...whole, field: 'Le champ {{path}}' })).toEqual([
      'field has a value {{path}} that the sentence has not',
      'field does not say {{field}}',
    ]);
    expect(lacks({ ...catalogue, gone_other: 'Else.' }, { ...whole, field: '{{field}}' })).toEqual([
      'gone_other is missing',
    ]);
  });

  it('each reason against a password is a sentence', () => {
    for (const reason of passwordProblems) expect(sentences).toHaveProperty(`password_${reason}`);
  });

  it.each(languages)('%s names and describes each system role', (language) => {
    const roles = textsOf(language, 'systemRoles') as Record<string, { name: string; description: string }>;
    expect(Object.keys(roles).sort()).toEqual(systemRoles.map(({ key }) => key).sort());
    for (const { key } of systemRoles) {
      expect(roles[key]?.name.trim()).toBeTruthy();
      expect(roles[key]?.description.trim()).toBeTruthy();
    }
  });

  it('English names system roles as they are stored', () => {
    const roles = textsOf('en', 'systemRoles') as Record<string, { name: string }>;
    for (const { key, name } of systemRoles) expect(roles[key]?.name).toBe(name);
  });
});
