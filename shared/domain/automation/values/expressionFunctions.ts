import jsonata from 'jsonata';
import { canonicalJson } from '../../../kernel/canonicalJson.ts';
import type { ExpressionBudget, ExpressionWork } from './expressionBudget.ts';
import { instantOf } from './instant.ts';

/** What an expression cannot name: it would not give the same again. */
export const refusedFunctions = ['random', 'shuffle', 'eval'];

/** UTF-16 code units of a picture, and of what is read with one. */
const longestPicture = 200;
const longestRead = 40;
/** Parts of a picture that follow each other with nothing between them; more could be read in endlessly many ways. */
const mostAdjacent = 4;

type Implementation = Parameters<jsonata.Expression['registerFunction']>[1];
type Native = (this: unknown, ...values: unknown[]) => unknown;

/** JSONata's own functions that are wrapped below, with their signatures. */
const wrapped = {
  toMillis: '<s-s?:n>',
  fromMillis: '<n-s?s?:s>',
  formatNumber: '<n-so?:s>',
  formatInteger: '<n-s:s>',
  parseInteger: '<s-s:n>',
  sort: '<af?:a>',
} as const;
let natives: Promise<Record<keyof typeof wrapped, Native>> | undefined;

/**
 * Gives an expression functions that know no clock but the scope's and cannot take
 * endless time or memory at once: those of them that it names.
 */
export async function registerFunctions(
  expression: jsonata.Expression,
  named: ReadonlySet<string>,
  work: ExpressionWork,
): Promise<void> {
  natives ??= nativeFunctions();
  const native = await natives;
  const register = (name: string, implementation: Implementation, signature: string): void => {
    if (named.has(name)) expression.registerFunction(name, implementation, signature);
  };

  register('millis', () => work.now, '<:n>');
  register(
    'now',
    (picture?: string, timeZone?: string) => {
      checkPicture(picture);
      return native.fromMillis.call({}, work.now, picture, timeZone);
    },
    '<s?s?:s>',
  );
  register(
    'toMillis',
    (text?: string, picture?: string) => {
      if (picture === undefined) return text === undefined ? undefined : readInstant(text);
      checkPicture(picture);
      checkReadable(text ?? '', picture);
      return native.toMillis.call({ environment: { timestamp: new Date(work.now) } }, text, picture);
    },
    wrapped.toMillis,
  );
  for (const name of ['fromMillis', 'formatNumber', 'formatInteger', 'parseInteger'] as const) {
    register(
      name,
      function (this: unknown, value: unknown, picture?: string, ...others: unknown[]) {
        checkPicture(picture);
        if (typeof value === 'string') checkPicture(value);
        return native[name].call(this, value, picture, ...others);
      },
      wrapped[name],
    );
  }
  register(
    'sort',
    function (this: unknown, list: unknown, ...others: unknown[]) {
      if (Array.isArray(list)) work.budget.sort(list.length);
      return native.sort.call(this, list, ...others);
    },
    wrapped.sort,
  );
  register('pad', (text?: string, width = 0, fill = ' ') => pad(work.budget, text, width, fill), '<s-ns?:s>');
  register('join', (texts?: string[], between = '') => join(work.budget, texts, between), '<a<s>s?:s>');
  register('distinct', distinct, '<x:x>');
}

async function nativeFunctions(): Promise<Record<keyof typeof wrapped, Native>> {
  const of = async (name: keyof typeof wrapped): Promise<Native> => {
    const found: { implementation: Native } = await jsonata(`$${name}`).evaluate({});
    return found.implementation;
  };
  return {
    toMillis: await of('toMillis'),
    fromMillis: await of('fromMillis'),
    formatNumber: await of('formatNumber'),
    formatInteger: await of('formatInteger'),
    parseInteger: await of('parseInteger'),
    sort: await of('sort'),
  };
}

function readInstant(text: string): number {
  const instant = instantOf(text);
  if (instant === undefined)
    throw new Error(`'${text.slice(0, 40)}' is no instant; expected ISO 8601 such as 2026-03-10T12:00:00Z`);
  return instant;
}

function checkPicture(picture: string | undefined): void {
  if (picture !== undefined && picture.length > longestPicture)
    throw new Error(
      `a picture or what is read with one has ${picture.length} characters; at most ${longestPicture} are possible`,
    );
}

/** JSONata makes a backtracking expression of a picture; short texts and few neighbours keep it harmless. */
function checkReadable(text: string, picture: string): void {
  if (text.length > longestRead)
    throw new Error(`a time of ${text.length} characters cannot be read; at most ${longestRead} are possible`);
  if (picture.split(/\][\w\s]*\[/).length - 1 > mostAdjacent)
    throw new Error(
      `the picture '${picture}' has too many parts beside each other; put signs such as - or : between them`,
    );
}

/** As JSONata's: by code points, to the left when the width is negative. */
function pad(budget: ExpressionBudget, text: string | undefined, width: number, fill: string): string | undefined {
  if (text === undefined) return undefined;
  const missing = Math.trunc(Math.abs(width)) - Array.from(text).length;
  if (!(missing > 0)) return text;
  budget.text(text.length + missing);
  const signs = Array.from(fill || ' ');
  const padding =
    signs.join('').repeat(Math.floor(missing / signs.length)) + signs.slice(0, missing % signs.length).join('');
  return width < 0 ? padding + text : text + padding;
}

function join(budget: ExpressionBudget, texts: string[] | undefined, between: string): string | undefined {
  if (texts === undefined) return undefined;
  budget.text(texts.reduce((length, text) => length + text.length + between.length, 0));
  return texts.join(between);
}

/** As JSONata's, in time linear in the list. */
function distinct(this: jsonata.Focus, values: unknown): unknown {
  if (!Array.isArray(values) || values.length <= 1) return values;
  const seen = new Set<string>();
  const kept = (values as unknown[]).filter((value) => {
    const key = canonicalJson(value);
    return !seen.has(key) && seen.add(key);
  });
  return 'sequence' in values ? Object.assign(kept, { sequence: true }) : kept;
}
