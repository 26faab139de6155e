import type { ErrorCode, Problem } from '../errors.ts';
import { accountSentences } from './accounts.ts';
import { consoleSentences } from './console.ts';
import { parserSentences } from './parsers.ts';
import { fieldSentences, serverSentences } from './server.ts';
import { toldSentences } from './told.ts';
import { rightsSentences, writeSentences } from './writes.ts';

/**
 * Every sentence with which a problem is told to people, in English, by the key under which consoles have it in other
 * languages (`renderer/locales/<language>/problems.json`). `{{name}}` stands for a value. Keys are part of the protocol: a key
 * keeps its meaning and its values, a sentence with another meaning gets another key.
 */
export const sentences = {
  ...writeSentences,
  ...rightsSentences,
  ...accountSentences,
  ...serverSentences,
  ...fieldSentences,
  ...consoleSentences,
  ...parserSentences,
  ...toldSentences,
} as const;
export type SentenceKey = keyof typeof sentences;

/** A key with what fills its sentence; `values` may hold more than the sentence names. */
export interface Saying {
  key: string;
  values?: Readonly<Record<string, SaidValue>>;
}
export type SaidValue = string | number | readonly string[] | Saying;

type NamesIn<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | NamesIn<Rest> : never;
/** The values a sentence needs; what else helps to translate them (such as the kind of a state) may be added. */
export type ValuesOf<Key extends SentenceKey> = Readonly<Record<NamesIn<(typeof sentences)[Key]>, SaidValue>> &
  Readonly<Record<string, SaidValue>>;

type ValuesArgument<Key extends SentenceKey> =
  NamesIn<(typeof sentences)[Key]> extends never ? [values?: undefined] : [values: ValuesOf<Key>];

/** A sentence of the catalogue with its values. */
export function saying<Key extends SentenceKey>(key: Key, ...[values]: ValuesArgument<Key>): Saying {
  return values === undefined ? { key } : { key, values };
}

/** What a saying means in English; its key where this version has no such sentence. */
export function englishOf({ key, values = {} }: Saying): string {
  if (!isSentenceKey(key)) return typeof values['message'] === 'string' ? values['message'] : key;
  return sentences[key].replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => englishValue(values[name]));
}

export function isSentenceKey(key: string): key is SentenceKey {
  return Object.hasOwn(sentences, key);
}

function englishValue(value: SaidValue | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if ('key' in value) return englishOf(value);
  return value.length === 0 ? 'none' : value.join(', ');
}

/** Where a problem is, and what else a program can read of it. */
interface ProblemExtras {
  path?: string;
  details?: Readonly<Record<string, unknown>>;
}

/** A problem whose sentence is of the catalogue: `message` says it in English, `details.says` lets a console translate it. */
export function problemOf(code: ErrorCode, says: Saying, { path = '', details }: ProblemExtras = {}): Problem {
  return {
    code,
    ...(path === '' ? {} : { path }),
    message: englishOf(says),
    details: { ...details, says },
  };
}
