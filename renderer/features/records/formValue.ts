import type { FieldHint } from '#shared/records/fields.ts';
import type { Json } from '#shared/kernel/json.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';

/** Why what was typed is no value of the field. */
export type InputProblem = 'not_a_number' | 'not_json';

/** Digits after the point in a currency; 2 for what is no currency. */
export function fractionDigits(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return 2;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * What the field's input holds for a stored value: numbers, money (decimal, in units of `currency`) and JSON are text while
 * they are edited, everything else is itself. A missing value is an empty input.
 */
export function toInput(hint: FieldHint, value: Json | undefined, currency = ''): Json {
  switch (hint.widget) {
    case 'number':
      return typeof value === 'number' ? String(value) : '';
    case 'money':
      return typeof value === 'number' ? minorToDecimal(value, fractionDigits(currency)) : '';
    case 'json':
      return value === undefined ? '' : JSON.stringify(value, null, 2);
    case 'boolean':
      return value === true;
    case 'tags':
      return Array.isArray(value) ? value : [];
    case 'text':
    case 'multiline':
    case 'email':
    case 'url':
    case 'color':
    case 'code':
    case 'choice':
    case 'instant':
    case 'date':
    case 'reference':
      return typeof value === 'string' ? value : '';
  }
}

/** The stored value for what an input holds; undefined for an empty input of a number or of JSON. */
export function fromInput(hint: FieldHint, input: Json, currency = ''): Result<Json | undefined, InputProblem> {
  const text = typeof input === 'string' ? input.trim() : '';
  switch (hint.widget) {
    case 'number': {
      if (text === '') return success(undefined);
      const number = Number(westernDigits(text).replace(',', '.'));
      return Number.isFinite(number) ? success(number) : failure('not_a_number');
    }
    case 'money': {
      if (text === '') return success(undefined);
      const minor = decimalToMinor(westernDigits(text), fractionDigits(currency));
      return minor === undefined ? failure('not_a_number') : success(minor);
    }
    case 'json':
      if (text === '') return success(undefined);
      try {
        return success(JSON.parse(text) as Json);
      } catch {
        return failure('not_json');
      }
    case 'text':
    case 'multiline':
    case 'email':
    case 'url':
    case 'color':
    case 'code':
    case 'choice':
    case 'instant':
    case 'date':
    case 'reference':
    case 'boolean':
    case 'tags':
      return success(input);
  }
}

/** Minor units as a decimal with a point, without grouping: 1234 → `12.34`. */
export function minorToDecimal(minor: number, digits: number): string {
  const sign = minor < 0 ? '-' : '';
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Exact, no floating point; undefined for what is no amount or has more digits than the currency. */
function decimalToMinor(text: string, digits: number): number | undefined {
  const [, sign = '', whole = '', fraction = ''] =
    /^([-+]?)(\d+)(?:[.,](\d+))?$/.exec(text.replaceAll(/\s/g, '')) ?? [];
  if (whole === '' || fraction.length > digits) return undefined;
  const minor = Number(whole + fraction.padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) return undefined;
  return sign === '-' && minor !== 0 ? -minor : minor;
}

/** Arabic and Persian digits as the ten that numbers are read from. */
function westernDigits(text: string): string {
  return text
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replaceAll('٫', '.');
}
