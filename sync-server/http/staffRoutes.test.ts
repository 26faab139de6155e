import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apiKeyAnswerSchema } from '#shared/protocol/apiKeys.ts';
import { engineHealthSchema, webhookLogSchema } from '#shared/protocol/engine.ts';
import { secretsSchema } from '#shared/protocol/secrets.ts';
import { apiKey } from '#shared/resources/access/apiKey.ts';
import { auditEntry } from '#shared/resources/audit/auditEntry.ts';
import { rules, startEdgeServer, tenants } from '#tests/support/edgeServer.ts';
import type { EdgeServer } from '#tests/support/edgeServer.ts';

let server: EdgeServer;
beforeEach(async () => void (server = await startEdgeServer()));
afterEach(() => server.close());
const audit = async () => {
  const entries = await server.store.recordsOfKind('auditEntry');
  return entries.map((one) => ('_deleted' in one ? undefined : auditEntry.body.parse(one.body)));
};

describe('API keys', () => {
  const create = (body: Parameters<EdgeServer['ask']>[3]) => server.ask('operations', 'POST', '/v1/api-keys', body);

  it('are told once, and kept as a record without the key, with an audit entry', async () => {
    const expiresAt = '2026-04-01T00:00:00.000Z';
    const made = await create({ name: 'Shop', tenantId: tenants.acme, expiresAt });
    const { id, key } = apiKeyAnswerSchema.parse(made.body);
    expect(made.status).toBe(200);
    expect(key).toMatch(/^stw_[A-Za-z0-9_-]{43}$/);
    const [record] = await server.store.recordsOfKind('apiKey');
    expect(record).toMatchObject({ id, tenantId: tenants.acme, status: 'active', createdBy: 'staff-operations' });
    if (!record || '_deleted' in record) throw new Error('no key was stored');
    expect(apiKey.body.parse(record.body)).toEqual({
      name: 'Shop',
      prefix: key.slice(0, 10),
      expiresAt,
      lastUsedAt: '',
    });
    expect(await audit()).toMatchObject([
      { action: 'create', resource: 'apiKey', resourceId: id, actorId: 'staff-operations' },
    ]);
    const entries = await server.store.entriesOf('apiKey', { limit: 10 });
    expect(JSON.stringify([record, await audit(), entries])).not.toContain(key.slice(14));
  });

  it('are revoked once, whoever asks again', async () => {
    const { body } = await create({ name: 'Shop', tenantId: tenants.acme });
    const { id, key } = apiKeyAnswerSchema.parse(body);
    const revoke = () => server.ask('admin', 'POST', `/v1/api-keys/${id}/revoke`);
    expect(await server.apiKeys.authenticate(key)).toEqual({ id, tenantId: tenants.acme });
    expect(await revoke()).toEqual({ status: 200, body: { ok: true } });
    expect(await server.apiKeys.authenticate(key)).toBeUndefined();
    expect(await revoke()).toEqual({ status: 200, body: { ok: true } });
    expect((await audit()).map((entry) => entry?.action)).toEqual(['create', 'transition']);
  });

  it.each([
    [{ name: '', tenantId: '' }, 400, 'name'],
    [{ name: 'Shop' }, 400, 'tenantId'],
    [{ name: 'Shop', tenantId: 'nobody' }, 422, 'tenantId'],
    [{ name: 'Shop', tenantId: rules.hooked }, 422, 'tenantId'],
    [{ name: 'Shop', tenantId: '', expiresAt: '2026-03-01T08:00:00Z' }, 422, 'expiresAt'],
  ])('refuse %j', async (body, status, path) => {
    expect(await create(body)).toMatchObject({ status, body: { error: { path } } });
    expect(await server.store.recordsOfKind('apiKey')).toEqual([]);
  });
});

describe('secrets', () => {
  it('go in and are named, never told; every change is in the audit log', async () => {
    const put = await server.ask('admin', 'PUT', '/v1/secrets/mail-token', { value: 'hush hush' });
    expect(put).toMatchObject({ status: 200, body: { name: 'mail-token', updatedBy: 'staff-admin', readable: true } });
    const listed = await server.ask('super_admin', 'GET', '/v1/secrets');
    expect(secretsSchema.parse(listed.body).secrets).toEqual([put.body]);
    const remove = () => server.ask('admin', 'DELETE', '/v1/secrets/mail-token');
    expect((await remove()).body).toEqual({ removed: true });
    expect((await remove()).body).toEqual({ removed: false });
    expect(await audit()).toMatchObject([
      { action: 'update', resource: 'secret', resourceName: 'mail-token', actorId: 'staff-admin' },
      { action: 'delete', resource: 'secret', resourceName: 'mail-token' },
    ]);
    expect(JSON.stringify([listed, await audit()])).not.toContain('hush');
  });

  it.each([
    ['/v1/secrets/1st', { value: 'x' }, 422],
    ['/v1/secrets/mail', { value: '' }, 400],
    ['/v1/secrets/mail', { value: 'x'.repeat(16_385) }, 400],
    ['/v1/secrets/mail', null, 400],
  ])('refuse %s', async (url, body, status) => {
    expect((await server.ask('admin', 'PUT', url, body)).status).toBe(status);
  });
});

describe('the engine', () => {
  it('tells how it is, and takes up a job that was given up', async () => {
    await server.store.transaction(async (transaction) => {
      const job = { type: 'advanceRun', payload: {}, tenantId: tenants.acme, dueAt: server.now() };
      await transaction.enqueueJobs([
        { id: 'waiting', ...job },
        { id: 'dead', ...job },
      ]);
      await transaction.failJob('dead', 'no luck', undefined);
    });
    server.advance(90_000);
    const health = async (role = 'admin') =>
      engineHealthSchema.parse((await server.ask(role, 'GET', '/v1/engine')).body);
    expect(await health()).toMatchObject({
      jobs: { waiting: 1, due: 1, held: 0, dead: 1 },
      oldestWaitingSeconds: 90,
      dead: [{ id: 'dead', type: 'advanceRun', tenantId: tenants.acme, problem: 'no luck' }],
    });
    expect((await health('viewer')).dead).toMatchObject([{ id: 'dead', problem: '', withheld: true }]);
    expect((await health()).runs.perMinute).toHaveLength(60);
    const retry = (id: string) => server.ask('operations', 'POST', `/v1/engine/dead/${id}/retry`);
    expect(await retry('dead')).toEqual({ status: 200, body: { ok: true } });
    expect((await retry('dead')).status).toBe(404);
    expect((await retry('waiting')).status).toBe(404);
    expect((await health()).jobs).toMatchObject({ waiting: 2, dead: 0 });
    expect(await audit()).toMatchObject([{ action: 'run', resource: 'job', resourceId: 'dead' }]);
  });

  it('shows deliveries of webhooks, the newest first, page by page, of a run or a rule', async () => {
    const attempt = (number: number, runId: string) => ({
      at: new Date(server.now()).toISOString(),
      runId,
      ruleId: 'rule',
      tenantId: tenants.acme,
      stepId: 'step',
      url: 'https://shop.example/hook',
      method: 'POST',
      status: 200,
      durationMs: 5,
      attempt: number,
      error: '',
      requestBytes: 2,
      responseExcerpt: 'said ada@home.example',
    });
    for (let number = 1; number <= 3; number += 1) {
      await server.webhookLog.add(attempt(number, number === 2 ? 'run-2' : 'run-1'));
      server.advance(1000);
    }
    const read = async (query: string) =>
      webhookLogSchema.parse((await server.ask('viewer', 'GET', `/v1/webhook-log?${query}`)).body);
    const page = await read('ruleId=rule&limit=2');
    expect(page.attempts.map((one) => one.attempt)).toEqual([3, 2]);
    const next = await read(`ruleId=rule&limit=2&before=${page.before}`);
    expect([next.attempts.map((one) => one.attempt), next.before]).toEqual([[1], null]);
    expect((await read('runId=run-2')).attempts.map((one) => one.attempt)).toEqual([2]);
    expect((await server.ask('viewer', 'GET', '/v1/webhook-log?limit=0')).status).toBe(400);
    const kept = { url: '', responseExcerpt: '', withheld: true, status: 200 };
    expect((await read('runId=run-2')).attempts).toMatchObject([kept]);
    const whole = webhookLogSchema.parse((await server.ask('admin', 'GET', '/v1/webhook-log?runId=run-2')).body);
    expect(whole.attempts).toMatchObject([{ responseExcerpt: 'said ada@home.example' }]);
  });
});
