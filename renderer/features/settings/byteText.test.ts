import { describe, expect, it } from 'vitest';
import { byteText } from './byteText.ts';

describe('sizes in words', () => {
  it.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [1500, '1.5 kB'],
    [12_345_678, '12.3 MB'],
    [2_000_000_000, '2 GB'],
  ])('%i bytes in English', (bytes, text) => {
    expect(byteText(bytes, 'en')).toBe(text);
  });

  it('uses the units of the language', () => {
    expect(byteText(12_300_000, 'fr').replaceAll(/\s/g, ' ')).toBe('12,3 Mo');
  });
});
