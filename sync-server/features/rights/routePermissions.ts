/** Permissions that routes ask for, where it is the same one whatever is asked about. */
const asked: Readonly<Record<string, string>> = {
  'POST /v1/staff/:id/invitation': 'staff.manage',
  'POST /v1/staff/:id/password-reset': 'staff.manage',
  'DELETE /v1/staff/:id/second-factor': 'staff.manage',
  'POST /v1/staff/:id/unlock': 'staff.manage',
  'GET /v1/staff/:id/provider': 'staff.manage',
  'DELETE /v1/staff/:id/provider': 'staff.manage',
  'POST /v1/sessions/:id/revoke': 'sessions.manage',
  'GET /v1/audit/head/:tenant': 'audit.view',
  'POST /v1/audit/keys/rotate': 'audit.manage',
  'GET /v1/audit/retention': 'audit.manage',
  'POST /v1/audit/retention/run': 'audit.manage',
  'POST /v1/audit/exports': 'audit.export',
  'GET /v1/compliance': 'audit.view',
  'POST /v1/privacy/preview': 'gdpr.view',
  'GET /v1/privacy/requests/:id/export': 'gdpr.export',
  'GET /v1/privacy/requests/:id/proof': 'gdpr.view',
  'POST /v1/api-keys': 'apiKeys.create',
  'POST /v1/api-keys/:id/revoke': 'apiKeys.edit',
  'POST /v1/rules/:id/webhook': 'automation.edit',
  'DELETE /v1/rules/:id/webhook': 'automation.edit',
  'GET /v1/secrets': 'settings.manage',
  'PUT /v1/secrets/:name': 'settings.manage',
  'DELETE /v1/secrets/:name': 'settings.manage',
  'GET /v1/engine': 'runs.view_all',
  'GET /v1/webhook-log': 'runs.view_all',
  'POST /v1/engine/dead/:id/retry': 'runs.edit',
  'GET /v1/access-uses': 'roles.view',
};

/** Which permission a route asks for, by method and address as registered; undefined = see the refusal. */
export function permissionOfRoute(method: string, route: string): string | undefined {
  const name = `${method} ${route}`;
  return Object.hasOwn(asked, name) ? asked[name] : undefined;
}
