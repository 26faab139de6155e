import { describe, expect, it } from 'vitest';
import { neighbourOf, toggled } from './selection.ts';

const order = ['a', 'b', 'c', 'd'];

describe('selecting rows', () => {
  it('a click selects one row and takes it out again', () => {
    const one = toggled(new Set(), order, 'b', '', false);
    expect([...one]).toEqual(['b']);
    expect([...toggled(one, order, 'b', 'b', false)]).toEqual([]);
  });

  it('shift selects everything up to the row clicked last, in both directions', () => {
    expect([...toggled(new Set(['b']), order, 'd', 'b', true)]).toEqual(['b', 'c', 'd']);
    expect([...toggled(new Set(['d']), order, 'b', 'd', true)].sort()).toEqual(['b', 'c', 'd']);
  });

  it('steps stay within the list', () => {
    expect(neighbourOf(order, '', 1)).toBe('a');
    expect(neighbourOf(order, 'd', 1)).toBe('d');
    expect(neighbourOf(order, 'b', -1)).toBe('a');
    expect(neighbourOf([], '', 1)).toBe('');
  });
});
