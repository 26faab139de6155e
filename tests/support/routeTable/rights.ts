import type { RouteRow } from './row.ts';

export const rightsRows: readonly RouteRow[] = [{ method: 'GET', route: '/v1/access-uses', needs: 'roles.view' }];
