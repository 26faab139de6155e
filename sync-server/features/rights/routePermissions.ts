/** Permissions that routes ask for, where it is the same one whatever is asked about. */
const asked: Readonly<Record<string, string>> = {
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
