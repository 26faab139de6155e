import { describe, expect, it } from 'vitest';
import { csvHead, csvLines, safeCell } from './csvRows.ts';

describe('CSV export', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30 1234', "'+49 30 1234"],
    ['-cmd', "'-cmd"],
    ['@import', "'@import"],
    ['\tx', "'\tx"],
    ['\rx', "'\rx"],
    ['-12.50', '-12.50'],
    ['12', '12'],
    ['plain = text', 'plain = text'],
  ])('%j is written as %j', (text, cell) => {
    expect(safeCell(text)).toBe(cell);
  });

  it('quotes commas, quotes and line ends', () => {
    expect(csvHead(['Name', 'Note']) + csvLines([['A, B', 'said "no"\nthen left']])).toBe(
      '\uFEFFName,Note\r\n"A, B","said ""no""\nthen left"\r\n',
    );
  });
});
