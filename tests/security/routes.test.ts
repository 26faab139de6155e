import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemRoles } from '#shared/domain/access/systemRoles.ts';
import type { SystemRole } from '#shared/domain/access/systemRoles.ts';
import type { Json } from '#shared/kernel/json.ts';
import { rules, startEdgeServer, tenants } from '#tests/support/edgeServer.ts';
import type { EdgeServer } from '#tests/support/edgeServer.ts';

type Method = Parameters<EdgeServer['ask']>[1];
interface Route {
  method: Method;
  url: string;
  body?: Json;
  /** What the person must hold. */
  permission: string;
  /** What they must hold to be told that there is such a thing; absent = that is no secret. */
  toKnow?: string;
}

/** Every route for staff. Things named in addresses do not exist unless `prepare` makes them. */
const routes: readonly Route[] = [
  { method: 'POST', url: '/v1/api-keys', body: { name: 'Shop', tenantId: tenants.acme }, permission: 'apiKeys.create' },
  { method: 'POST', url: '/v1/api-keys/{key}/revoke', permission: 'apiKeys.edit', toKnow: 'apiKeys.view_all' },
  {
    method: 'POST',
    url: `/v1/rules/${rules.hooked}/webhook`,
    permission: 'automation.edit',
    toKnow: 'automation.view_all',
  },
  {
    method: 'DELETE',
    url: `/v1/rules/${rules.hooked}/webhook`,
    permission: 'automation.edit',
    toKnow: 'automation.view_all',
  },
  { method: 'GET', url: '/v1/secrets', permission: 'settings.manage' },
  { method: 'PUT', url: '/v1/secrets/mail', body: { value: 'hush' }, permission: 'settings.manage' },
  { method: 'DELETE', url: '/v1/secrets/mail', permission: 'settings.manage' },
  { method: 'GET', url: '/v1/engine', permission: 'runs.view_all' },
  { method: 'GET', url: '/v1/webhook-log', permission: 'runs.view_all' },
  { method: 'POST', url: '/v1/engine/dead/{job}/retry', permission: 'runs.edit' },
];
const table: string[] = [];

/** The rule in its plainest words, written apart from the code that is tested. */
function expected(role: SystemRole, { permission, toKnow }: Route): 200 | 403 | 404 {
  const holds = (wanted: string) =>
    ['*', `${wanted.split('.')[0]}.*`, wanted].some((one) => role.permissions.includes(one));
  const all = `${permission.split('.')[0]}.view_all`;
  if (holds(permission) && (permission.endsWith('.create') || holds(all))) return 200;
  return toKnow === undefined || holds(toKnow) ? 403 : 404;
}

describe('routes for staff', () => {
  let server: EdgeServer;
  beforeAll(async () => void (server = await startEdgeServer()));
  afterAll(() => server.close());
  /** A key and a dead job to work on. */
  const prepare = async (url: string): Promise<string> => {
    const { id: key } = await server.keyFor(tenants.acme);
    const job = server.ids();
    await server.store.transaction(async (transaction) => {
      await transaction.enqueueJobs([{ id: job, type: 'x', payload: {}, dueAt: 0 }]);
      await transaction.failJob(job, 'no luck', undefined);
    });
    return url.replace('{key}', key).replace('{job}', job);
  };

  describe.each(routes.map((route) => [`${route.method} ${route.url}`, route] as const))('%s', (name, route) => {
    it.each(systemRoles.map((role) => [role.key, role] as const))('as %s', async (key, role) => {
      const { status } = await server.ask(key, route.method, await prepare(route.url), route.body);
      expect(status).toBe(expected(role, route));
      table.push(`${name.padEnd(44)} ${key.padEnd(15)} ${status}`);
    });

    it('as nobody', async () => {
      const answer = await server.ask('', route.method, await prepare(route.url), route.body);
      expect(answer).toMatchObject({ status: 401, body: { error: { code: 'unauthenticated' } } });
    });
  });

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
    for (const { method, url } of routes)
      expect((await server.inject({ method, url: await prepare(url), headers: asKey })).statusCode).toBe(401);
    const sent = await server.ask('super_admin', 'POST', '/v1/events', { module: 'shop', code: 'order.paid' });
    expect(sent.status).toBe(401);
  });

  it('the table is the one that was reviewed', async () => {
    expect(table).toHaveLength(routes.length * systemRoles.length);
    await expect(`${table.join('\n')}\n`).toMatchFileSnapshot('routes.matrix.txt');
  });
});
