import { expect, it } from 'vitest';
import { allPermissions } from '#shared/domain/access/permissionCatalogue.ts';
import { allRows } from '#tests/support/routeTable/allRows.ts';
import { permissionOfRoute } from './routePermissions.ts';

it('every route that asks for a permission is recorded under the one that the matrix proves, and a role can hold it', async () => {
  const asking = (await allRows()).filter((row) => row.needs.includes('.'));
  expect(asking.length).toBeGreaterThan(20);
  const wrong = asking.filter((row) => permissionOfRoute(row.method, row.route) !== row.needs);
  expect(wrong).toEqual([]);
  expect(asking.filter((row) => !allPermissions.includes(row.needs))).toEqual([]);
  expect(permissionOfRoute('GET', '/healthz')).toBeUndefined();
});
