import type { Json } from '../../kernel/json.ts';
import type { Pseudonym } from './personalMatcher.ts';
import type { Subject } from './subject.ts';
import { mapTexts, textsIn } from './walkJson.ts';
import type { PlacedText } from './walkJson.ts';

export const personalKey =
  /name|mail|phone|mobile|street|address|city|zip|postal|postcode|birth|gender|iban|passport|(^|_)ip$/iu;
/** How choices, codes, ids and dotted names are written. */
const word = /^[\w.:/#-]+$/u;

/**
 * Whether the text holds the person. An address always counts. A name does not where it stands in a key, or in a value that is
 * written as choices and ids are: somebody may be called like a status. It does when the value is all of it and stands in a
 * field that is about people (`personalFields` are those of the record, or a key within its data that looks so).
 */
export function mentions(
  { path, text, isKey }: PlacedText,
  { matcher }: Pick<Subject, 'matcher'>,
  personalFields: readonly string[] = [],
): boolean {
  if (!matcher.mayFind(text) || !matcher.finds(text)) return false;
  if (matcher.findsEmail(text)) return true;
  if (isKey) return false;
  if (!word.test(text) || personalFields.includes(path)) return true;
  const names = path.split('.').filter((name) => !/^\d+$/u.test(name));
  return names.length > 1 && personalKey.test(names.at(-1) ?? '') && matcher.isName(text);
}

/** The value with the pseudonym wherever the person is mentioned. `path` is where it stands. */
export function withoutMentions(
  value: Json,
  subject: Pick<Subject, 'matcher'>,
  pseudonym: Pseudonym,
  { path = '', personalFields = [] }: { path?: string; personalFields?: readonly string[] } = {},
): Json {
  return mapTexts(
    value,
    (placed) =>
      mentions(placed, subject, personalFields) ? subject.matcher.replace(placed.text, pseudonym) : placed.text,
    path,
  );
}

/** Whether the person's address stands anywhere in the value, keys included. */
export function holdsAddress(value: Json, { matcher }: Pick<Subject, 'matcher'>): boolean {
  for (const { text } of textsIn(value)) if (matcher.findsEmail(text)) return true;
  return false;
}
