import type { RouteRow } from './row.ts';

const somebody = { subjectEmail: 'nobody@planted.example' };

export const privacyRows: readonly RouteRow[] = [
  { method: 'POST', route: '/v1/privacy/preview', body: somebody, needs: 'gdpr.view' },
  ...(['own', 'other'] as const).flatMap((tenant): RouteRow[] => [
    {
      method: 'POST',
      route: '/v1/privacy/preview',
      body: { ...somebody, tenantId: `{${tenant}}` },
      needs: 'gdpr.view',
      tenant,
    },
    {
      method: 'GET',
      route: '/v1/privacy/requests/:id/export',
      url: `/v1/privacy/requests/{${tenant}Request}/export`,
      needs: 'gdpr.export',
      toKnow: 'gdpr.view',
      tenant,
    },
    // It is not done, so there is no proof yet.
    {
      method: 'GET',
      route: '/v1/privacy/requests/:id/proof',
      url: `/v1/privacy/requests/{${tenant}Request}/proof`,
      needs: 'gdpr.view',
      toKnow: 'gdpr.view',
      tenant,
      allowed: 404,
    },
  ]),
  { method: 'GET', route: '/v1/compliance', needs: 'audit.view' },
];
