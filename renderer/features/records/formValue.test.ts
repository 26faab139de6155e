import { describe, expect, it } from 'vitest';
import type { FieldHint } from '#shared/records/fields.ts';
import { fromInput, toInput } from './formValue.ts';

const money: FieldHint = { widget: 'money', currencyField: 'currency' };

describe('money is typed in units of its currency and kept in minor units', () => {
  it.each([
    [1234, 'USD', '12.34'],
    [5, 'EUR', '0.05'],
    [-5, 'EUR', '-0.05'],
    [1500, 'JPY', '1500'],
    [1234, 'KWD', '1.234'],
    [0, '', '0.00'],
  ])('%s %s is shown as %s and read back', (minor, currency, text) => {
    expect(toInput(money, minor, currency)).toBe(text);
    expect(fromInput(money, text, currency)).toEqual({ ok: true, value: minor });
  });

  it('reads a comma and Arabic digits, and refuses more digits than the currency has', () => {
    expect(fromInput(money, '12,5', 'USD')).toEqual({ ok: true, value: 1250 });
    expect(fromInput(money, '١٢٫٥', 'USD')).toEqual({ ok: true, value: 1250 });
    expect(fromInput(money, '12.345', 'USD')).toEqual({ ok: false, error: 'not_a_number' });
    expect(fromInput(money, 'twelve', 'USD')).toEqual({ ok: false, error: 'not_a_number' });
  });
});

describe('other inputs', () => {
  it('an empty number is no value, and words are no number', () => {
    expect(fromInput({ widget: 'number' }, '')).toEqual({ ok: true, value: undefined });
    expect(fromInput({ widget: 'number' }, '1e3x')).toEqual({ ok: false, error: 'not_a_number' });
  });

  it('JSON is edited as text', () => {
    expect(fromInput({ widget: 'json' }, toInput({ widget: 'json' }, { a: [1] }))).toEqual({
      ok: true,
      value: { a: [1] },
    });
    expect(fromInput({ widget: 'json' }, '{')).toEqual({ ok: false, error: 'not_json' });
  });

  it('a value of the wrong type is an empty input', () => {
    expect(toInput({ widget: 'text' }, 5)).toBe('');
    expect(toInput({ widget: 'tags' }, 'x')).toEqual([]);
  });
});
