import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkLocales } from '#scripts/check-locales.mjs';

const arabicCounts = {
  zero: 'لا سجلات',
  one: 'سجل',
  two: 'سجلان',
  few: '{{count}} سجلات',
  many: '{{count}} سجلًا',
  other: '{{count}} سجل',
};
const arabicPlurals = Object.fromEntries(Object.entries(arabicCounts).map(([form, text]) => [`records_${form}`, text]));

describe('the check of the three languages', () => {
  let folder: string;
  const write = (language: string, texts: object) => {
    mkdirSync(join(folder, language), { recursive: true });
    writeFileSync(join(folder, language, 'list.json'), JSON.stringify(texts));
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'steward-locales-'));
    write('en', {
      title: { hello: 'Hello {{name}}' },
      records_one: '{{count}} record',
      records_other: '{{count}} records',
    });
    write('fr', {
      title: { hello: 'Bonjour {{name}}' },
      records_one: '{{count}} fiche',
      records_other: '{{count}} fiches',
    });
    write('ar', { title: { hello: 'مرحبًا {{name}}' }, ...arabicPlurals });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is content when every language says everything in its own plural forms', () => {
    expect(checkLocales(folder)).toEqual({ keys: 3, problems: [] });
  });

  it('names a missing key, a missing plural form, an empty text and a lost placeholder', () => {
    write('fr', { title: { hello: 'Bonjour' }, records_one: '', records_other: '{{count}} fiches', extra: 'En plus' });
    const { records_two: _lost, ...rest } = arabicPlurals;
    write('ar', { title: { hello: 'مرحبًا {{name}}' }, ...rest, extra: 'زيادة' });
    expect(checkLocales(folder).problems.sort()).toEqual([
      'ar/list.json: "records_two" is missing',
      'en/list.json: "extra" is missing',
      'fr/list.json: "records_one" is empty',
      'fr/list.json: "title.hello" has the placeholders (), English has (name)',
    ]);
  });

  it('does not take an empty folder for success', () => {
    for (const language of ['en', 'fr', 'ar']) rmSync(join(folder, language), { recursive: true });
    expect(checkLocales(folder).problems).toEqual([
      `no English text was found in ${folder}: the check would prove nothing`,
    ]);
  });
});
