import type { Json } from '../../../kernel/json.ts';
import { instantOf } from '../values/instant.ts';

/*
 * How two values compare (SPEC C1 to C3). "=" tells when they are the same, "<" how they are ordered; what is not named is
 * never the same and cannot be ordered.
 *
 * | one                    | the other              | =                                  | <                        |
 * | ---------------------- | ---------------------- | ---------------------------------- | ------------------------ |
 * | empty: missing, null,  | empty, of any kind     | always                             | cannot be ordered        |
 * | '', [], {}             | anything else          | never                              | cannot be ordered        |
 * | number                 | number                 | same number, 0 is -0               | by size                  |
 * | number                 | numeric text           | same number: 7 = '7.0' = '7e0'     | by size                  |
 * | number                 | any other text         | never                              | cannot be ordered        |
 * | instant or day (text)  | instant or day (text)  | same instant; a day is midnight    | earlier first            |
 * |                        |                        | UTC, no offset is UTC              |                          |
 * | text                   | text                   | same code points after NFC; case,  | by UTF-16 code units     |
 * |                        |                        | accents and spaces count; numeric  | after NFC: '10' < '9',   |
 * |                        |                        | texts too: '7' is not '7.0'        | 'Z' < 'a'                |
 * | boolean                | boolean                | same; 'true' and 1 are no booleans | cannot be ordered        |
 * | list                   | list                   | same length and items, in order,   | cannot be ordered        |
 * |                        |                        | items compared by this table       |                          |
 * | object                 | object                 | same values under the same keys;   | cannot be ordered        |
 * |                        |                        | an absent key is an empty value    |                          |
 *
 * Numeric text: digits with an optional sign, fraction and exponent, and nothing else: no spaces, no separators, no hexadecimal.
 * Numbers are IEEE doubles: digits beyond the 17th do not count.
 */

const numeric = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/;
/** Every text without such code units is in NFC already. */
const mayCompose = /[\u0300-\uFFFF]/;

/** SPEC C1. */
export function isEmptyValue(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.length === 0;
  for (const key in value) if (Object.hasOwn(value, key)) return false;
  return true;
}

/** The number that a number or a numeric text is; undefined for anything else. */
export function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.length > 400 || !numeric.test(value)) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** A text in the form in which texts are compared. */
export function comparableText(text: string): string {
  return mayCompose.test(text) ? text.normalize('NFC') : text;
}

/** Whether two values are the same, after the table above. However deep they are, it neither throws nor recurses. */
export function sameValue(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null)
    return sameLeaf(left, right);
  const open: [Json | undefined, Json | undefined][] = [[left, right]];
  for (let pair = open.pop(); pair; pair = open.pop()) {
    const [one, other] = pair;
    if (one === other) continue;
    if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
      if (!sameLeaf(one, other)) return false;
    } else if (Array.isArray(one) && Array.isArray(other)) {
      if (one.length !== other.length) return false;
      one.forEach((item, index) => open.push([item, other[index]]));
    } else if (Array.isArray(one) || Array.isArray(other)) {
      if (!isEmptyValue(one) || !isEmptyValue(other)) return false;
    } else {
      for (const key of Object.keys(one)) open.push([one[key], Object.hasOwn(other, key) ? other[key] : undefined]);
      for (const key of Object.keys(other)) if (!Object.hasOwn(one, key)) open.push([undefined, other[key]]);
    }
  }
  return true;
}

/** Of which at most one is a list or an object. */
function sameLeaf(left: Json | undefined, right: Json | undefined): boolean {
  if (typeof left === 'string' && typeof right === 'string') {
    if (left === '' || right === '') return left === right;
    const instant = instantOf(left);
    if (instant !== undefined) {
      const other = instantOf(right);
      if (other !== undefined) return instant === other;
    }
    return comparableText(left) === comparableText(right);
  }
  if (typeof left === 'number') return typeof right === 'string' ? left === numberOf(right) : left === right;
  if (typeof right === 'number') return typeof left === 'string' && right === numberOf(left);
  if (typeof left === 'boolean' || typeof right === 'boolean') return left === right;
  return isEmptyValue(left) && isEmptyValue(right);
}

/** Negative when `left` comes first, 0 when neither does; undefined when the two cannot be ordered (SPEC C3). */
export function orderOf(left: Json | undefined, right: Json | undefined): number | undefined {
  if (typeof left === 'number' || typeof right === 'number') {
    const one = numberOf(left);
    const other = numberOf(right);
    return one === undefined || other === undefined ? undefined : one - other;
  }
  if (typeof left !== 'string' || typeof right !== 'string' || left === '' || right === '') return undefined;
  const instant = instantOf(left);
  if (instant !== undefined) {
    const other = instantOf(right);
    if (other !== undefined) return instant - other;
  }
  const one = comparableText(left);
  const other = comparableText(right);
  return one === other ? 0 : one < other ? -1 : 1;
}
