import { describe, expect, it } from 'vitest';
import { contrastRatio, gradeContrast, inkOn } from './contrast.ts';

describe('contrast of brand colours', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#767676', '#ffffff', 4.54],
    ['#777777', '#ffffff', 4.48],
  ])('%s on %s is %d to 1', (first, second, ratio) => {
    expect(contrastRatio(first, second)).toBeCloseTo(ratio, 2);
  });

  it('grades as WCAG AA does', () => {
    expect([4.5, 4.49, 3, 2.99].map(gradeContrast)).toEqual(['pass', 'large_only', 'large_only', 'fail']);
  });

  it('answers nothing for what is not a colour', () => {
    expect(contrastRatio('', '#ffffff')).toBeUndefined();
    expect(contrastRatio('red', '#ffffff')).toBeUndefined();
  });

  it('chooses the ink that reads better', () => {
    expect(inkOn('#fde047')).toBe('#111827');
    expect(inkOn('#1e3a8a')).toBe('#ffffff');
    expect(inkOn('')).toBe('#ffffff');
  });
});
