import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const languages = ['en', 'ar', 'fr'];
const pluralSuffix = /_(zero|one|two|few|many|other)$/;
/** Counts that a list can have; decimals and millions are written as numbers, not as sentences. */
const counts = Array.from({ length: 1000 }, (_, count) => count);

/**
 * Compares the texts of all languages. Answers how many keys English has and every difference in words.
 * @param {string} folder
 * @returns {{ keys: number, problems: string[] }}
 */
export function checkLocales(folder) {
  const namespaces = new Set(languages.flatMap((language) => namespacesOf(folder, language)));
  const problems = [];
  let keys = 0;
  for (const namespace of [...namespaces].sort()) {
    const texts = new Map(languages.map((language) => [language, readTexts(folder, language, namespace)]));
    keys += texts.get('en').size;
    problems.push(...compareNamespace(namespace, texts));
  }
  if (keys === 0) problems.push(`no English text was found in ${folder}: the check would prove nothing`);
  return { keys, problems };
}

function namespacesOf(folder, language) {
  const path = join(folder, language);
  return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.json')) : [];
}

function readTexts(folder, language, namespace) {
  const path = join(folder, language, namespace);
  return existsSync(path) ? flatten(JSON.parse(readFileSync(path, 'utf8'))) : new Map();
}

function flatten(value, prefix = '') {
  const entries = Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? [[prefix + key, inner]] : [...flatten(inner, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

function compareNamespace(namespace, texts) {
  const plurals = new Set();
  const plain = new Set();
  for (const language of texts.values()) {
    for (const key of language.keys()) {
      const isPlural = pluralSuffix.test(key) && language.has(key.replace(pluralSuffix, '_other'));
      (isPlural ? plurals : plain).add(isPlural ? key.replace(pluralSuffix, '') : key);
    }
  }
  const problems = [];
  for (const [language, known] of texts) {
    const place = `${language}/${namespace}`;
    const wanted = [...plain, ...[...plurals].flatMap((key) => pluralForms(language).map((form) => `${key}_${form}`))];
    for (const key of wanted) {
      const text = known.get(key);
      if (text === undefined) problems.push(`${place}: "${key}" is missing`);
      else if (text.trim() === '') problems.push(`${place}: "${key}" is empty`);
    }
    for (const key of plain)
      problems.push(...comparePlaceholders(place, key, texts.get('en').get(key), known.get(key)));
  }
  return problems;
}

function pluralForms(language) {
  const rules = new Intl.PluralRules(language);
  return [...new Set(counts.map((count) => rules.select(count)))];
}

function comparePlaceholders(place, key, english, text) {
  if (english === undefined || text === undefined) return [];
  const [wanted, found] = [english, text].map(placeholders);
  return wanted === found ? [] : [`${place}: "${key}" has the placeholders (${found}), English has (${wanted})`];
}

/** The names of a text's placeholders, once each, in order of name. */
function placeholders(text) {
  const names = new Set([...text.matchAll(/\{\{\s*-?\s*(\w+)/g)].map(([, name]) => name));
  return [...names].sort((first, second) => first.localeCompare(second)).join(', ');
}
