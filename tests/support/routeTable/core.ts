import type { RouteRow } from './row.ts';

const anybody = 'anybody' as const;

/** Health, sign-in, older records, and what automation serves. */
export const coreRoutes: readonly RouteRow[] = [
  { method: 'GET', route: '/healthz', needs: anybody },
  { method: 'GET', route: '/readyz', needs: anybody },
  { method: 'GET', route: '/metrics', needs: anybody },
  // Without a body they are refused for it, whoever asks.
  { method: 'POST', route: '/v1/auth/login', body: {}, needs: anybody, allowed: 400 },
  { method: 'POST', route: '/v1/auth/refresh', body: {}, needs: anybody, allowed: 400 },
  { method: 'POST', route: '/v1/auth/logout', body: {}, needs: anybody, allowed: 400 },
  { method: 'GET', route: '/v1/records/:collection', url: '/v1/records/runs', needs: 'signed_in' },
  // Keys and signatures open these; a session is worth nothing there.
  { method: 'POST', route: '/v1/events', body: {}, needs: anybody, allowed: 401 },
  {
    method: 'POST',
    route: '/v1/hooks/:ruleId/:token',
    url: '/v1/hooks/{rule}/x',
    body: {},
    needs: anybody,
    allowed: 404,
  },
  {
    method: 'POST',
    route: '/v1/api-keys',
    body: { name: 'Shop', tenantId: '{own}' },
    needs: 'apiKeys.create',
    dangerous: true,
    tenant: 'own',
  },
  {
    method: 'POST',
    route: '/v1/api-keys',
    body: { name: 'Shop', tenantId: '{other}' },
    needs: 'apiKeys.create',
    dangerous: true,
    tenant: 'other',
  },
  {
    method: 'POST',
    route: '/v1/api-keys/:id/revoke',
    url: '/v1/api-keys/{ownKey}/revoke',
    needs: 'apiKeys.edit',
    toKnow: 'apiKeys.view',
    tenant: 'own',
  },
  {
    method: 'POST',
    route: '/v1/api-keys/:id/revoke',
    url: '/v1/api-keys/{otherKey}/revoke',
    needs: 'apiKeys.edit',
    toKnow: 'apiKeys.view',
    tenant: 'other',
  },
  ...(['own', 'other'] as const).flatMap((tenant): RouteRow[] => {
    const url = `/v1/rules/{${tenant}Rule}/webhook`;
    const needs = { needs: 'automation.edit', toKnow: 'automation.view', tenant } as const;
    return [
      { method: 'POST', route: '/v1/rules/:id/webhook', url, ...needs },
      { method: 'DELETE', route: '/v1/rules/:id/webhook', url, ...needs },
    ];
  }),
  { method: 'GET', route: '/v1/secrets', needs: 'settings.manage' },
  {
    method: 'PUT',
    route: '/v1/secrets/:name',
    url: '/v1/secrets/mail',
    body: { value: 'hush' },
    needs: 'settings.manage',
    dangerous: true,
  },
  { method: 'DELETE', route: '/v1/secrets/:name', url: '/v1/secrets/mail', needs: 'settings.manage', dangerous: true },
  { method: 'GET', route: '/v1/engine', needs: 'runs.view_all' },
  { method: 'GET', route: '/v1/webhook-log', needs: 'runs.view_all', tenant: 'own' },
  // There is no such job: who may retry is told so, the others are not.
  {
    method: 'POST',
    route: '/v1/engine/dead/:id/retry',
    url: '/v1/engine/dead/none/retry',
    needs: 'runs.edit',
    allowed: 404,
  },
];
