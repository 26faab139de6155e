import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules, startEdgeServer, tenants } from '#tests/support/edgeServer.ts';
import type { EdgeServer } from '#tests/support/edgeServer.ts';
import { coreRoutes } from '#tests/support/routeTable/core.ts';

describe('routes for staff', () => {
  let server: EdgeServer;
  beforeAll(async () => void (server = await startEdgeServer()));
  afterAll(() => server.close());

  it.each(['/v1/api-keys/{id}/revoke', '/v1/rules/{id}/webhook'])(
    'who may not know of a thing learns nothing from %s',
    async (url) => {
      const { id: key } = await server.keyFor(tenants.acme);
      const there = url.startsWith('/v1/api-keys') ? key : rules.hooked;
      const role = url.startsWith('/v1/api-keys') ? 'support' : 'growth_manager';
      const of = (id: string) => server.ask(role, 'POST', url.replace('{id}', id));
      expect(await of(there)).toEqual(await of('nobody'));
      expect((await of(there)).status).toBe(404);
    },
  );

  it('a key for events opens no route for staff, and a session none for events', async () => {
    const { key } = await server.keyFor('');
    const asKey = { authorization: `Bearer ${key}` };
    const forStaff = coreRoutes.filter(({ needs }) => needs !== 'anybody');
    for (const { method, route } of forStaff)
      expect((await server.inject({ method, url: route, headers: asKey })).statusCode).toBe(401);
    expect(forStaff.length).toBeGreaterThan(8);
    const sent = await server.ask('super_admin', 'POST', '/v1/events', { module: 'shop', code: 'order.paid' });
    expect(sent.status).toBe(401);
  });
});
