import { describe, expect, it } from 'vitest';
import { moveIn, nearest } from './matrixMoves.ts';
import type { MatrixGrid } from './matrixMoves.ts';

const grid: MatrixGrid = {
  columns: ['row', 'view', 'edit', 'manage'],
  rows: [
    { row: '*', columns: ['row'] },
    { row: 'tenants', columns: ['row', 'view', 'edit', 'manage'] },
    { row: 'audit', columns: ['row', 'view', 'manage'] },
    { row: 'flags', columns: ['row', 'view', 'edit'] },
  ],
};
const press = (key: string, row: string, column: 'row' | 'view' | 'edit' | 'manage', backwards = false) =>
  moveIn(grid, { row, column }, { key, ctrlKey: false }, backwards);

describe('moving in the matrix', () => {
  it('passes over gaps and stays at the edges', () => {
    expect(press('ArrowRight', 'audit', 'view')).toEqual({ row: 'audit', column: 'manage' });
    expect(press('ArrowDown', 'tenants', 'edit')).toEqual({ row: 'flags', column: 'edit' });
    expect(press('ArrowDown', 'flags', 'edit')).toEqual({ row: 'flags', column: 'edit' });
    expect(press('ArrowUp', 'tenants', 'view')).toEqual({ row: 'tenants', column: 'view' });
    expect(press('ArrowUp', 'tenants', 'row')).toEqual({ row: '*', column: 'row' });
  });

  it('goes the other way where the language is written from the right', () => {
    expect(press('ArrowLeft', 'tenants', 'view', true)).toEqual({ row: 'tenants', column: 'edit' });
    expect(press('ArrowRight', 'tenants', 'view', true)).toEqual({ row: 'tenants', column: 'row' });
  });

  it('goes to the ends of a row, and with Ctrl to the ends of the grid', () => {
    expect(press('End', 'flags', 'row')).toEqual({ row: 'flags', column: 'edit' });
    expect(press('Home', 'flags', 'edit')).toEqual({ row: 'flags', column: 'row' });
    const far = moveIn(grid, { row: 'tenants', column: 'view' }, { key: 'End', ctrlKey: true }, false);
    expect(far).toEqual({ row: 'flags', column: 'edit' });
    expect(press('a', 'flags', 'row')).toBeUndefined();
  });

  it('keeps the place where it is still shown', () => {
    expect(nearest(grid, { row: 'flags', column: 'edit' })).toEqual({ row: 'flags', column: 'edit' });
    expect(nearest(grid, { row: 'flags', column: 'manage' })).toEqual({ row: 'flags', column: 'row' });
    expect(nearest(grid, { row: 'gone', column: 'view' })).toEqual({ row: '*', column: 'row' });
    expect(nearest({ rows: [], columns: [] }, undefined)).toBeUndefined();
  });
});
