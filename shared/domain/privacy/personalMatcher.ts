/** What stands for the person in what is kept. */
export interface Pseudonym {
  name: string;
  email: string;
}

export interface PersonalMatcher {
  /** A quick look: false = the text holds neither address nor name, in no form. */
  mayFind: (text: string) => boolean;
  /** Whether the text holds an address or a name of the person. */
  finds: (text: string) => boolean;
  /** Whether it is about an address, whatever the names. */
  findsEmail: (text: string) => boolean;
  /** Whether the text is one of the names and nothing else. */
  isName: (text: string) => boolean;
  /** The text with every occurrence replaced; the same text when there is none. */
  replace: (text: string, pseudonym: Pseudonym) => string;
}

/** Nothing that belongs to an address may stand before or behind it; `%20` before it is a space. */
const beforeEmail = String.raw`(?:(?<=%[0-9a-fA-F]{2})|(?<=\\[nrt])|(?<![\p{L}\p{N}\p{M}._%+-]))`;
const behindEmail = String.raw`(?![\p{L}\p{N}\p{M}_-]|\.[\p{L}\p{N}])`;
/** In Arabic "and", "so", "by", "for" and "like" are written onto the name. */
const beforeName = String.raw`(?:(?<=%[0-9a-fA-F]{2})|(?<=\\[nrt])|(?<![\p{L}\p{N}\p{M}])|(?<=(?<![\p{L}\p{N}\p{M}])[وفبلك]))`;
const behindName = String.raw`(?![\p{L}\p{N}\p{M}])`;
const never = /(?!)/u;
/** Scripts that put no space between words: nothing bounds a name in them. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * Finds addresses and full names: whatever their case, Unicode form and white space, bounded by words, also as they stand in
 * addresses of pages (percent-encoded) and in JSON within texts (escaped). A name of two words is found the other way round
 * too (`Haddad, Nour`).
 */
export function personalMatcher(emails: readonly string[], names: readonly string[]): PersonalMatcher {
  const email = patternOf(emails.flatMap(writings), beforeEmail, behindEmail);
  const name = patternOf(names.flatMap(otherWayRound).flatMap(writings), beforeName, behindName);
  const hints = [...emails, ...names].map(hintOf);
  const certain = hints.every((hint) => hint !== '');
  const mayFind = (text: string): boolean => {
    if (hints.length === 0) return false;
    if (!certain) return true;
    const plain = text.normalize('NFKC').toLowerCase();
    return hints.some((hint) => plain.includes(hint));
  };
  const formOf = (text: string): string | undefined => {
    if (!mayFind(text)) return undefined;
    for (const form of ['NFC', 'NFKC'] as const) {
      const normal = text.normalize(form);
      if (email.test(normal) || name.test(normal)) return normal;
    }
    return undefined;
  };
  const plainNames = new Set(names.flatMap(otherWayRound).map(plainly));
  const globalEmail = new RegExp(email.source, 'giu');
  const globalName = new RegExp(name.source, 'giu');
  return {
    mayFind,
    finds: (text) => formOf(text) !== undefined,
    findsEmail: (text) => mayFind(text) && email.test(text.normalize('NFKC')),
    isName: (text) => plainNames.has(plainly(text)),
    replace: (text, pseudonym) => {
      const normal = formOf(text);
      if (normal === undefined) return text;
      const once = (given: string) =>
        given.replace(globalEmail, () => pseudonym.email).replace(globalName, () => pseudonym.name);
      const replaced = once(normal);
      // What one form hides another may show.
      const compatible = replaced.normalize('NFKC');
      return email.test(compatible) || name.test(compatible) ? once(compatible) : replaced;
    },
  };
}

function patternOf(texts: readonly string[], before: string, behind: string): RegExp {
  if (texts.length === 0) return never;
  const alternatives = [...new Set(texts)]
    .sort((left, right) => right.length - left.length)
    .map((text) => {
      const gap = unspaced.test(text) ? String.raw`(?:\s|%20|\+|・)*` : String.raw`(?:\s|%20|\+)+`;
      const pattern = literal(text).replaceAll(/\s+/gu, gap);
      const [first = '', last = ''] = [text.at(0), text.at(-1)];
      return `${unspaced.test(first) ? '' : before}${pattern}${unspaced.test(last) ? '' : behind}`;
    });
  return new RegExp(alternatives.join('|'), 'iu');
}

/** The longest stretch of ASCII letters and digits in a text: it stands in every way of writing it. '' = there is none. */
function hintOf(text: string): string {
  const runs =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[a-z0-9]{2,}/gu) ?? [];
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
}

function plainly(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim().replaceAll(/\s+/gu, ' ');
}

function otherWayRound(name: string): string[] {
  const words = name.split(/\s+/u);
  const last = words.at(-1) ?? '';
  return words.length < 2 ? [name] : [name, `${last}, ${words.slice(0, -1).join(' ')}`];
}

/** One text as it may be written: plain, in upper and lower case where that is more than one letter for one, encoded, escaped. */
function writings(text: string): string[] {
  const plain = [text, text.normalize('NFKC'), text.toUpperCase(), text.toLowerCase()];
  return plain.flatMap((one) => [one, encodeURIComponent(one), escaped(one)]);
}

function escaped(text: string): string {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
    .map((unit) => (unit < 128 ? String.fromCharCode(unit) : `\\u${unit.toString(16).padStart(4, '0')}`))
    .join('');
}
