import { isJsonObject } from './json.ts';

/**
 * Canonical JSON after RFC 8785: keys sorted by UTF-16 code units, no white space, ECMAScript number form. Members that are
 * `undefined` are absent.
 * @throws TypeError for a value JSON cannot carry (NaN, Infinity, functions, lone surrogates), naming its path.
 */
export function canonicalJson(value: unknown): string {
  const path: (string | number)[] = [];
  try {
    return encode(value, path);
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    const at = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
    throw new TypeError(`$${at} ${error.message}`, { cause: error });
  }
}

class NotJson extends Error {}

/** `path` leads to the value; after a throw it leads to what was at fault. */
function encode(value: unknown, path: (string | number)[]): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotJson(`is ${value}; JSON carries finite numbers only`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') return encodeText(value);
  if (Array.isArray(value)) {
    let text = '[';
    for (let index = 0; index < value.length; index++) {
      path.push(index);
      text += (index === 0 ? '' : ',') + encode(value[index], path);
      path.pop();
    }
    return `${text}]`;
  }
  if (isJsonObject(value)) {
    let text = '{';
    for (const key of Object.keys(value).sort()) {
      const member: unknown = value[key];
      if (member === undefined) continue;
      path.push(key);
      text += `${text === '{' ? '' : ','}${encodeName(key)}:${encode(member, path)}`;
      path.pop();
    }
    return `${text}}`;
  }
  throw new NotJson(`is a ${typeof value}; JSON cannot carry it`);
}

/** Names come again and again; a quarter of the time went into encoding them. */
const names = new Map<string, string>();
const mostNames = 1000;

function encodeName(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const text = encodeText(name);
  if (names.size < mostNames && name.length <= 40) names.set(name, text);
  return text;
}

/** What JSON escapes, more control characters, and halves of surrogate pairs. */
const unusual = /["\\\p{Cc}\p{Cs}]/u;

function encodeText(value: string): string {
  if (!unusual.test(value)) return `"${value}"`;
  if (!value.isWellFormed()) throw new NotJson('holds half of a surrogate pair and is not valid Unicode');
  return JSON.stringify(value);
}
