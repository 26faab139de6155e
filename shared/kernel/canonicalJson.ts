import { isJsonObject } from './json.ts';

/**
 * Canonical JSON after RFC 8785: keys sorted by UTF-16 code units, no white space, ECMAScript number form.
 * @throws TypeError for a value JSON cannot carry (NaN, Infinity, functions, lone surrogates), naming its path.
 */
export function canonicalJson(value: unknown): string {
  return encode(value, '$');
}

function encode(value: unknown, path: string): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${path} is ${value}; JSON carries finite numbers only`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError(`${path} holds half of a surrogate pair and is not valid Unicode`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item, index) => encode(item, `${path}[${index}]`)).join(',')}]`;
  if (isJsonObject(value)) {
    const members: string[] = [];
    for (const key of Object.keys(value).sort()) {
      if (value[key] === undefined) continue;
      members.push(`${encode(key, `${path}.(key)`)}:${encode(value[key], `${path}.${key}`)}`);
    }
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`${path} is a ${typeof value}; JSON cannot carry it`);
}
