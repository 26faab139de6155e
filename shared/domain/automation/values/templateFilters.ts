import { filters as libraryFilters } from 'liquidjs';
import type { FilterImplOptions, Liquid } from 'liquidjs';
import { jsonText, textOf } from './boundedText.ts';
import { formatInstant } from './formatInstant.ts';
import { instantOf, isDay } from './instant.ts';
import { createRecentCache } from './recentCache.ts';

/**
 * Filters of the library that are kept: pure functions of their arguments. Left out are those with a clock, randomness, code in
 * texts (`where_exp` …), and what differs between Node and the browser.
 */
const kept = [
  'abs at_least at_most ceil divided_by floor minus modulo plus round times',
  'escape escape_once newline_to_br strip_html url_decode url_encode slugify',
  'append prepend capitalize downcase upcase strip lstrip rstrip strip_newlines squish normalize_whitespace',
  'remove remove_first remove_last replace replace_first replace_last split truncate truncatewords',
  'array_to_sentence_string slice compact concat find find_index first group_by has last map reject reverse size',
  'sort sort_natural sum uniq where default to_integer',
].flatMap((names) => names.split(' '));
/** Of those, what takes lists apart without making texts of them. */
const structural = new Set(
  (
    'compact concat default find find_index first group_by has last map reject reverse size slice sort sort_natural sum ' +
    'uniq where'
  ).split(' '),
);
/** Work of sorting one item, in characters written. */
const sortingCost = 40;
const numberFormats = createRecentCache<Intl.NumberFormat>(60);

interface FilterScope {
  context: { environments: object; memoryLimit: { use: (count: number) => void } };
}
/** A filter as the library writes it. */
type LibraryFilter = Exclude<FilterImplOptions, { raw: boolean }>;
type Handler = (this: FilterScope, value: unknown, ...settings: unknown[]) => unknown;

/** What templates may use, for whoever completes them as they are typed. */
export const filterNames = [...kept, 'join', 'json', 'raw', 'date', 'plus_days', 'plus_hours', 'plus_minutes', 'money'];

/** Leaves an engine with the filters that templates may use, each bounded by the memory limit of the rendering. */
export function registerFilters(engine: Liquid): void {
  for (const name of Object.keys(engine.filters)) engine.unregisterFilter(name);
  for (const name of kept) {
    const handler = libraryFilters[name];
    if (typeof handler !== 'function')
      throw new Error(`liquidjs has no filter '${name}' any more; remove it from the list`);
    engine.registerFilter(name, structural.has(name) ? bounded(name, handler) : onTexts(handler));
  }
  const own: Record<string, Handler> = {
    join,
    json,
    date,
    plus_days: later(1440),
    plus_hours: later(60),
    plus_minutes: later(1),
    money,
  };
  for (const [name, handler] of Object.entries(own)) engine.registerFilter(name, handler);
  engine.registerFilter('raw', { raw: true, handler: written });
}

/** The text an output writes. */
function written(this: FilterScope, value: unknown): string {
  return textOf(value, (length) => this.context.memoryLimit.use(length));
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** The same for HTML, safe in text and in quoted attributes. */
function writtenEscaped(this: FilterScope, value: unknown): string {
  return written.call(this, value).replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/** What is done with every output: nothing, or escaping for HTML. */
export const outputs = { none: written, html: writtenEscaped };

/** Lists become texts first, piece by piece, so that the library never writes a huge one at once. */
function onTexts(handler: LibraryFilter): LibraryFilter {
  return function (value: unknown, ...settings: unknown[]): unknown {
    const flat = (one: unknown, index: number): unknown => {
      if (!Array.isArray(one)) return one;
      const list = one as unknown[];
      return index === 0 && handler === libraryFilters['array_to_sentence_string']
        ? list.map((item) => written.call(this, item))
        : written.call(this, list);
    };
    return handler.call(this, flat(value, 0), ...settings.map((setting, index) => flat(setting, index + 1)));
  };
}

function bounded(name: string, handler: LibraryFilter): LibraryFilter {
  const cost = name.startsWith('sort') ? sortingCost : 1;
  return function (value: unknown, ...settings: unknown[]): unknown {
    if (Array.isArray(value)) this.context.memoryLimit.use(value.length * cost);
    return handler.call(this, value, ...settings);
  };
}

function join(this: FilterScope, value: unknown, separator: unknown = ' '): string {
  const use = (length: number): void => this.context.memoryLimit.use(length);
  if (!Array.isArray(value)) return textOf(value, use);
  const between = textOf(separator, use);
  let text = '';
  for (const [index, item] of value.entries()) {
    use(between.length + 1);
    text += (index === 0 ? '' : between) + textOf(item, use);
  }
  return text;
}

function json(this: FilterScope, value: unknown, indent: unknown = 0): string {
  const spaces = typeof indent === 'number' ? Math.min(Math.max(Math.trunc(indent), 0), 8) : 0;
  return jsonText(value ?? null, (length) => this.context.memoryLimit.use(length), spaces);
}

/** `"now"` is the time of the scope; a number is seconds since the epoch. What is no time comes back as it is. */
function date(
  this: FilterScope,
  value: unknown,
  format: unknown = '%Y-%m-%d %H:%M',
  timeZone: unknown = 'UTC',
): unknown {
  const instant = timeOf(this, value);
  if (instant === undefined) return value;
  const pattern = String(format ?? '');
  this.context.memoryLimit.use(pattern.length * 8);
  return formatInstant(instant, pattern, String(timeZone ?? '') || 'UTC');
}

/** An instant so much later, or earlier when negative. A day stays a day when whole days are added. */
function later(minutes: number): Handler {
  return function (value, amount) {
    const instant = timeOf(this, value);
    if (instant === undefined) return value;
    const count = Number(amount ?? 0);
    const moved = new Date(instant + count * minutes * 60_000);
    if (!Number.isFinite(moved.getTime())) throw new Error(`${String(amount)} is no amount of time that can be added`);
    const text = moved.toISOString();
    return minutes === 1440 && isDay(value) ? text.slice(0, 10) : text;
  };
}

function timeOf({ context }: FilterScope, value: unknown): number | undefined {
  if (value === 'now' || value === 'today')
    return instantOf('now' in context.environments ? context.environments.now : undefined);
  if (typeof value === 'number') return Number.isFinite(value) && Math.abs(value) < 8.64e12 ? value * 1000 : undefined;
  return instantOf(value);
}

/** Minor units of a currency: `1250 | money: "EUR"` is €12.50. Nothing where the amount or the currency is missing. */
function money(value: unknown, currency: unknown): string {
  if (value === undefined || value === null || value === '' || !currency) return '';
  const amount = Number(value);
  const code = String(currency).toUpperCase();
  if (!Number.isFinite(amount))
    throw new Error(`'${String(value)}' is no amount of money in minor units, such as 1250`);
  if (!/^[A-Z]{3}$/.test(code)) throw new Error(`'${code}' is no currency; use a code of three letters such as EUR`);
  const format = numberFormats(code, () => new Intl.NumberFormat('en', { style: 'currency', currency: code }));
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
