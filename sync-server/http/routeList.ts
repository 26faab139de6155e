import type { FastifyInstance } from 'fastify';

/** One way into the server over HTTP, as it is registered. */
export interface ListedRoute {
  method: string;
  /** With parameters by name: `/v1/api-keys/:id/revoke`. */
  url: string;
}

/** Keeps a list of every route that is added from now on; answers without HEAD and OPTIONS, which follow from the others. */
export function listRoutes(app: FastifyInstance): readonly ListedRoute[] {
  const routes: ListedRoute[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD' && one !== 'OPTIONS') routes.push({ method: one, url });
  });
  return routes;
}
