import { describe, expect, it } from 'vitest';
import { permissionMatches } from '#shared/domain/access/decideAccess.ts';
import { allPermissions, permissionCatalogue } from '#shared/domain/access/permissionCatalogue.ts';
import { cellState, heldIn, matrixView, rowState, toggleCell, toggleEverything, toggleRow } from './rightsMatrix.ts';

const held = (permissions: readonly string[]) =>
  allPermissions.filter((one) => permissions.some((pattern) => permissionMatches(pattern, one)));
const words = { resource: (name: string) => (name === 'tenants' ? 'Mandants' : name), verb: (name: string) => name };
const everything = { search: '', onlyGranted: false };

describe('the matrix of rights', () => {
  it('toggling a cell changes that permission and no other, whatever gave it', () => {
    for (const start of [[], ['*'], ['tenants.*'], ['tenants.view', 'flags.edit'], ['*', 'tenants.view']])
      for (const entry of permissionCatalogue)
        for (const verb of entry.verbs) {
          const permission = `${entry.resource}.${verb}`;
          const after = toggleCell(start, entry.resource, verb);
          const had = held(start).includes(permission);
          expect(held(after)).toEqual(
            had ? held(start).filter((one) => one !== permission) : held([...start, permission]),
          );
        }
  });

  it('a row goes from nothing or some to everything of it, and from there to nothing', () => {
    const [some] = [['tenants.view', 'flags.edit']];
    const all = toggleRow(some ?? [], 'tenants');
    expect(all).toEqual(['flags.edit', 'tenants.*']);
    expect(toggleRow(all, 'tenants')).toEqual(['flags.edit']);
    const without = toggleRow(['*'], 'tenants');
    expect(held(without)).toEqual(allPermissions.filter((one) => !one.startsWith('tenants.')));
  });

  it('everything stands for all the rest, and leaves nothing behind', () => {
    expect(toggleEverything(['tenants.view'])).toEqual(['*']);
    expect(toggleEverything(['*'])).toEqual([]);
  });

  it('says by what a cell is held', () => {
    expect(cellState(['*'], 'tenants', 'view')).toBe('everything');
    expect(cellState(['tenants.*'], 'tenants', 'view')).toBe('row');
    expect(cellState(['tenants.view'], 'tenants', 'view')).toBe('granted');
    expect(cellState(['tenants.view'], 'tenants', 'edit')).toBe('none');
    const entry = permissionCatalogue.find(({ resource }) => resource === 'tenants');
    if (!entry) throw new Error('the catalogue has no tenants');
    expect(['*', 'tenants.*', 'tenants.view', 'flags.view'].map((one) => rowState([one], entry))).toEqual([
      'everything',
      'all',
      'some',
      'none',
    ]);
    expect(heldIn(['tenants.view', 'tenants.edit'], entry)).toBe(2);
  });

  it('shows every resource once, in areas', () => {
    const rows = matrixView([], everything, words).areas.flatMap((area) => area.rows.map((row) => row.resource));
    expect(rows.toSorted()).toEqual(permissionCatalogue.map((entry) => entry.resource));
    expect(rows.length).toBeGreaterThanOrEqual(20);
  });

  it('is searched by the name of a row in the language, by key, by verb and by both', () => {
    const found = (search: string) => {
      const view = matrixView([], { search, onlyGranted: false }, words);
      return { rows: view.areas.flatMap((area) => area.rows.map((row) => row.resource)), verbs: view.verbs };
    };
    expect(found('mandant').rows).toEqual(['tenants']);
    expect(found('payouts').rows).toEqual(['payouts']);
    expect(found('approve').verbs).toEqual(['approve']);
    expect(found('approve').rows).toEqual(expect.arrayContaining(['approvals', 'payouts']));
    expect(found('mandant delete')).toEqual({ rows: ['tenants'], verbs: ['delete'] });
    expect(found('nothing like it').rows).toEqual([]);
  });

  it('can show only what is held, and only what differs', () => {
    const granted = matrixView(['tenants.view'], { search: '', onlyGranted: true }, words);
    expect(granted.areas.flatMap((area) => area.rows.map((row) => row.resource))).toEqual(['tenants']);
    const changed = new Set(['flags.edit']);
    const differing = matrixView(
      ['tenants.view'],
      { search: '', onlyGranted: false, changed, onlyChanged: true },
      words,
    );
    expect(differing.areas.flatMap((area) => area.rows.map((row) => row.resource))).toEqual(['flags']);
  });
});
