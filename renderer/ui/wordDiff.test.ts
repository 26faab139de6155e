import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordDiff } from './wordDiff.ts';

const marked = (before: string, after: string) =>
  wordDiff(before, after)
    .map((piece) => (piece.in === 'both' ? piece.text : `${piece.in === 'before' ? '[-' : '[+'}${piece.text}]`))
    .join('');

describe('the difference of two texts', () => {
  it('marks the words that were taken out and put in', () => {
    expect(marked('Dear customer, pay soon', 'Dear Doe, pay very soon')).toBe(
      'Dear [-customer,][+Doe,] pay [+very ]soon',
    );
    expect(marked('same', 'same')).toBe('same');
    expect(marked('', 'new text')).toBe('[+new text]');
  });

  it('always gives both texts back', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', ' ', '\n', 'c d'), { maxLength: 40 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const found = wordDiff(before, after);
        const of = (side: 'before' | 'after') =>
          found
            .filter((piece) => piece.in === 'both' || piece.in === side)
            .map((piece) => piece.text)
            .join('');
        expect([of('before'), of('after')]).toEqual([before, after]);
      }),
    );
  });

  it('does not compare word by word what is too long for it', () => {
    const long = 'word '.repeat(3000);
    expect(wordDiff(long, `${long}!`).length).toBeGreaterThan(0);
  });
});
