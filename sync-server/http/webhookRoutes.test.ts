import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/kernel/json.ts';
import { webhookEndpointSchema } from '#shared/protocol/inboundWebhooks.ts';
import { rules, startEdgeServer, tenants } from '#tests/support/edgeServer.ts';
import type { EdgeServer } from '#tests/support/edgeServer.ts';

const minute = 60_000;

interface CallChanges {
  id?: string;
  /** When it was signed. */
  at?: number;
  key?: string;
  url?: string;
  headers?: Record<string, string>;
}

describe('POST /v1/hooks/:ruleId/:token', () => {
  let server: EdgeServer;
  let path: string;
  let secret: string;
  const rotate = async (ruleId: string = rules.hooked) => {
    const { body } = await server.ask('operations', 'POST', `/v1/rules/${ruleId}/webhook`);
    const endpoint = webhookEndpointSchema.parse(body);
    expect(endpoint.url).toMatch(new RegExp(`^https://steward\\.example/v1/hooks/${ruleId}/[A-Za-z0-9_-]{32}$`));
    expect(endpoint.secret).toMatch(/^whsec_/);
    return { path: new URL(endpoint.url).pathname, secret: endpoint.secret };
  };
  beforeEach(async () => {
    server = await startEdgeServer();
    ({ path, secret } = await rotate());
  });
  afterEach(() => server.close());
  const events = () => server.store.recordsOfKind('event');
  const call = async (
    text: string,
    { id = 'msg_1', at = server.now(), key = secret, url = path, headers = {} }: CallChanges = {},
  ): Promise<{ status: number; body: JsonObject }> => {
    const signature = new Webhook(key).sign(id, new Date(at), text);
    const answer = await server.inject({
      method: 'POST',
      url,
      payload: text,
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at / 1000)),
        'webhook-signature': signature,
        ...headers,
      },
    });
    return { status: answer.statusCode, body: answer.json() };
  };

  it('makes an event of the rule of what was sent', async () => {
    const { status, body } = await call('{"order": 7,\n "paid": true}');
    expect([status, body]).toEqual([202, { id: (await events())[0]?.id, status: 'stored' }]);
    expect(await events()).toMatchObject([
      {
        tenantId: tenants.acme,
        body: {
          module: 'webhook',
          code: 'received',
          entityType: 'rule',
          entityId: rules.hooked,
          data: { ruleId: rules.hooked, body: { order: 7, paid: true } },
          source: 'webhook',
        },
      },
    ]);
  });

  it.each(['[1,2]', '"text"', 'null', '7'])('takes %s as a value', async (text) => {
    expect((await call(text)).status).toBe(202);
    expect(await events()).toMatchObject([{ body: { data: { body: { value: JSON.parse(text) as unknown } } } }]);
  });

  it('is signed over the bytes as they came, whatever they are called', async () => {
    expect((await call('{"a":1}', { headers: { 'content-type': 'text/plain; charset=utf-8' } })).status).toBe(202);
    expect((await call('no json', { id: 'msg_2' })).body).toMatchObject({ error: { code: 'invalid_message' } });
    expect((await call('{"__proto__":{"polluted":1},"b":2}', { id: 'msg_3' })).status).toBe(202);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('a wrong token, a rule without an address, an unknown and a deleted rule answer alike', async () => {
    const { path: gone } = await rotate(rules.other);
    expect((await server.ask('admin', 'DELETE', `/v1/rules/${rules.other}/webhook`)).body).toEqual({ removed: true });
    expect((await server.ask('admin', 'DELETE', `/v1/rules/${rules.other}/webhook`)).body).toEqual({ removed: false });
    const token = path.split('/').at(-1) ?? '';
    const deleted = await rotate(rules.other);
    await server.remove(rules.other);
    const wrong = [
      `/v1/hooks/${rules.hooked}/${'A'.repeat(32)}`,
      `/v1/hooks/${rules.hooked}/x`,
      `/v1/hooks/nobody/${token}`,
      `/v1/hooks/${rules.other}/${token}`,
      gone,
      deleted.path,
    ];
    const answers = await Promise.all(wrong.map((url) => call('{}', { url })));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
    expect(await events()).toEqual([]);
  });

  it('refuses what is not signed with its secret, or was signed for something else', async () => {
    const other = await rotate(rules.other);
    const good = (text: string) => new Webhook(secret).sign('msg_1', new Date(server.now()), text);
    const refused = [
      await call('{}', { key: other.secret }),
      await call('{}', { headers: { 'webhook-signature': good('{ }') } }),
      await call('{}', { headers: { 'webhook-id': 'msg_2' } }),
      await call('{}', { headers: { 'webhook-timestamp': String(Math.floor(server.now() / 1000) + 1) } }),
      await call('{}', { headers: { 'webhook-signature': good('{}').replace('v1,', 'v2,') } }),
      await call('{}', { headers: { 'webhook-signature': '' } }),
      await call('{}', { headers: { 'webhook-timestamp': 'soon' } }),
    ];
    expect(refused.map((one) => one.status)).toEqual([401, 401, 401, 401, 401, 401, 401]);
    expect(await events()).toEqual([]);
    expect((await call('{}', { headers: { 'webhook-signature': `v1,AAAA ${good('{}')}` } })).status).toBe(202);
  });

  it('refuses what was signed more than five minutes ago, or ahead', async () => {
    expect((await call('{}', { at: server.now() - 5 * minute - 1000 })).status).toBe(401);
    expect((await call('{}', { at: server.now() + 5 * minute + 1000 })).status).toBe(401);
    expect((await call('{}', { at: server.now() - 4 * minute })).status).toBe(202);
  });

  it('the same call again answers the first result and makes no second event', async () => {
    const [first, meanwhile] = await Promise.all([call('{}'), call('{}')]);
    expect(meanwhile).toEqual(first);
    server.advance(9 * minute);
    expect(await call('{}')).toEqual(first);
    server.advance(2 * minute);
    expect(await call('{}')).toEqual({ status: 202, body: { ...first.body, status: 'duplicate' } });
    expect(await events()).toHaveLength(1);
    expect((await call('{}', { id: 'msg_2' })).body).toMatchObject({ status: 'stored' });
  });

  it('a new address ends the old one', async () => {
    const next = await rotate();
    expect((await call('{}')).status).toBe(404);
    expect((await call('{}', { url: next.path })).status).toBe(401);
    expect((await call('{}', { url: next.path, key: next.secret })).status).toBe(202);
  });

  it('has room for 256 KiB', async () => {
    const text = (size: number) => JSON.stringify('x'.repeat(size));
    expect((await call(text(250_000))).status).not.toBe(413);
    expect((await call(text(262_144))).status).toBe(413);
  });

  it('making and removing an address is in the audit log, its token and secret nowhere', async () => {
    await rotate(rules.other);
    await server.ask('admin', 'DELETE', `/v1/rules/${rules.other}/webhook`);
    const audited = await server.store.recordsOfKind('auditEntry');
    const operations = { actorId: 'staff-operations', action: 'update' };
    expect(audited).toMatchObject([
      { tenantId: tenants.acme, body: { ...operations, resourceId: rules.hooked } },
      { tenantId: tenants.other, body: { ...operations, resourceId: rules.other } },
      { tenantId: tenants.other, body: { actorId: 'staff-admin', action: 'delete', resourceName: 'On a call' } },
    ]);
    const endpoints = await server.store.entriesOf('inboundWebhook', { limit: 10 });
    expect(endpoints).toHaveLength(1);
    const kept = JSON.stringify([audited, endpoints]);
    expect(kept).not.toContain(secret.slice('whsec_'.length));
    expect(kept).not.toContain(path.split('/').at(-1));
  });
});
