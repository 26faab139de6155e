import type { RouteRow } from './row.ts';

/** The proof of the audit log, its retention, and exports. */
export const auditingRoutes: readonly RouteRow[] = [
  { method: 'GET', route: '/v1/audit/keys', needs: 'anybody' },
  {
    method: 'GET',
    route: '/v1/audit/head/:tenant',
    url: '/v1/audit/head/platform',
    needs: 'audit.view',
    toKnow: 'audit.view',
  },
  { method: 'POST', route: '/v1/audit/keys/rotate', needs: 'audit.manage', dangerous: true },
  { method: 'GET', route: '/v1/audit/retention', needs: 'audit.manage' },
  { method: 'POST', route: '/v1/audit/retention/run', body: { dryRun: true }, needs: 'audit.manage' },
  {
    method: 'POST',
    route: '/v1/audit/exports',
    body: { format: 'csv', filter: { tenantIds: [''] } },
    needs: 'audit.export',
  },
  ...(['own', 'other'] as const).map((tenant): RouteRow => {
    const body = { format: 'json', filter: { tenantIds: [`{${tenant}}`] } };
    return { method: 'POST', route: '/v1/audit/exports', body, needs: 'audit.export', tenant };
  }),
];
