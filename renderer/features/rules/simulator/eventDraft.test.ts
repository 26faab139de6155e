import { describe, expect, it } from 'vitest';
import { askedFields, dataAt, textOfValue, valueOfText, withDataAt } from './eventDraft.ts';

describe('the data of a hand-made event', () => {
  it('are read and changed at a dotted path, and leave nothing empty behind', () => {
    const data = withDataAt({ amount: 3 }, 'customer.address.city', 'Amman');
    expect(data).toEqual({ amount: 3, customer: { address: { city: 'Amman' } } });
    expect(dataAt(data, 'customer.address.city')).toBe('Amman');
    expect(dataAt(data, 'amount.of')).toBeUndefined();
    expect(withDataAt(data, 'customer.address.city', undefined)).toEqual({ amount: 3 });
  });

  it('are asked for by their innermost fields', () => {
    const fields = [
      { path: 'customer', type: 'object' as const },
      { path: 'customer.email', type: 'text' as const },
      { path: 'extra', type: 'object' as const },
    ];
    expect(askedFields(fields).map(({ path }) => path)).toEqual(['customer.email', 'extra']);
  });

  it('keep a text a text, and read lists and objects as JSON', () => {
    expect(valueOfText('12', 'text')).toBe('12');
    expect(valueOfText('[1, 2]', 'list')).toEqual([1, 2]);
    expect(valueOfText('[1, ', 'list')).toBe('[1, ');
    expect(valueOfText(' ', 'text')).toBeUndefined();
    expect(textOfValue([1, 2])).toBe('[1,2]');
    expect(textOfValue('[1, ')).toBe('[1, ');
  });
});
