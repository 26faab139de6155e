import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import { apiKeyAnswerSchema } from '#shared/protocol/apiKeys.ts';
import { engineHealthSchema } from '#shared/protocol/engine.ts';
import { eventsAnswerSchema } from '#shared/protocol/events.ts';
import { webhookEndpointSchema, webhookReceiptSchema } from '#shared/protocol/inboundWebhooks.ts';
import { isTombstone } from '#shared/records/envelope.ts';
import type { RecordEnvelope } from '#shared/records/envelope.ts';
import { connect, logIn } from '#tests/support/protocolClient.ts';
import type { ProtocolClient } from '#tests/support/protocolClient.ts';
import { smallDemo, startServerProcess } from '#tests/support/serverProcess.ts';
import type { ServerProcess } from '#tests/support/serverProcess.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

const admin = 'admin@steward.example';

describe('docs/protocol.md, spoken by a system that sends events to a server of its own process', () => {
  const folder = temporaryFolder('events');
  let server: ServerProcess;
  let desk: ProtocolClient;
  let tenantId: string;
  let key: string;
  beforeAll(async () => {
    server = await startServerProcess(folder, ['--seed', 'demo', ...smallDemo, '--demo-rules', '0']);
    desk = await connect(server.url, admin);
    const { documents } = await desk.pullAll('tenants');
    tenantId = documents.find((one) => one.kind === 'tenant' && !isTombstone(one) && one.status === 'ACTIVE')?.id ?? '';
    const made = await ask('POST', '/v1/api-keys', { name: 'Till', tenantId });
    ({ key } = apiKeyAnswerSchema.parse(made.body));
  });
  afterAll(async () => {
    desk.close();
    await server.stop();
  });
  const request = async (
    method: string,
    path: string,
    bearer: string,
    body?: Json,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: JsonObject }> => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as JsonObject };
  };
  const ask = async (method: string, path: string, body?: Json) =>
    request(method, path, (await logIn(server.url, admin)).accessToken, body);
  const send = (body: Json, headers?: Record<string, string>) => request('POST', '/v1/events', key, body, headers);
  const note = (text: string, more: JsonObject = {}) => ({
    module: 'shop',
    code: 'note.left',
    data: { text },
    ...more,
  });
  const events = async (): Promise<RecordEnvelope[]> => {
    const { documents } = await desk.pullAll('events');
    return documents.filter((one): one is RecordEnvelope => !isTombstone(one) && one.body['code'] === 'note.left');
  };
  const texts = async () =>
    (await events())
      .map((one) => String((one.body['data'] as JsonObject)['text']))
      .sort((left, right) => left.localeCompare(right));

  it('an event of no type in the catalogue is refused; once staff added the type, it is taken and processed', async () => {
    expect(await send(note('early'))).toMatchObject({
      status: 422,
      body: { error: { code: 'invalid', path: 'code' } },
    });
    const at = new Date().toISOString();
    const properties = { text: { type: 'string', maxLength: 20 } };
    const type: RecordEnvelope = {
      id: crypto.randomUUID(),
      kind: 'eventType',
      tenantId: '',
      status: '',
      assignedTo: '',
      createdAt: at,
      createdBy: '',
      updatedAt: at,
      updatedBy: '',
      version: 1,
      body: { module: 'shop', code: 'note.left', dataSchema: { type: 'object', properties, required: ['text'] } },
    };
    const answer = await desk.push('automation', [{ baseVersion: 0, doc: type }]);
    expect(answer).toMatchObject({ conflicts: [], rejections: [] });
    const { status, body } = await send(note('hello'));
    expect(status).toBe(202);
    const [stored] = eventsAnswerSchema.parse(body).events;
    await vi.waitUntil(async () => (await events())[0]?.status === 'processed');
    expect(await events()).toMatchObject([{ ...(stored && 'id' in stored ? { id: stored.id } : {}), tenantId }]);
    expect(await send(note('x'.repeat(21)))).toMatchObject({ status: 422, body: { error: { path: 'data.text' } } });
  });

  it('what was acknowledged is there after a power cut, and the same request changes nothing then', async () => {
    const batch = { events: ['one', 'two', 'three'].map((text) => note(text)) };
    const first = await send(batch, { 'idempotency-key': 'batch-1' });
    expect(first).toMatchObject({ status: 202, body: { accepted: 3 } });
    await server.kill();
    await server.restart();
    desk = await connect(server.url, admin);
    expect(await send(batch, { 'idempotency-key': 'batch-1' })).toEqual(first);
    expect(await texts()).toEqual(['hello', 'one', 'three', 'two']);
    await vi.waitUntil(async () => (await events()).every((one) => one.status === 'processed'));
  });

  it('a revoked key ends at once, and its record says so to consoles', async () => {
    const made = apiKeyAnswerSchema.parse((await ask('POST', '/v1/api-keys', { name: 'Old till', tenantId })).body);
    expect((await request('POST', '/v1/events', made.key, note('bye'))).status).toBe(202);
    expect(await ask('POST', `/v1/api-keys/${made.id}/revoke`)).toEqual({ status: 200, body: { ok: true } });
    expect((await request('POST', '/v1/events', made.key, note('ghost'))).status).toBe(401);
    const { documents } = await desk.pullAll('access');
    const record = documents.find((one) => one.id === made.id);
    expect(record).toMatchObject({ kind: 'apiKey', status: 'revoked', body: { name: 'Old till' } });
    expect(JSON.stringify(documents)).not.toContain(made.key);
  });

  it('a signed call of a rule becomes its event, once', async () => {
    const at = new Date().toISOString();
    const rule: RecordEnvelope = {
      id: crypto.randomUUID(),
      kind: 'rule',
      tenantId,
      status: '',
      assignedTo: '',
      createdAt: at,
      createdBy: '',
      updatedAt: at,
      updatedBy: '',
      version: 1,
      body: { name: 'When the shop calls', trigger: { type: 'webhook' } },
    };
    expect(await desk.push('automation', [{ baseVersion: 0, doc: rule }])).toMatchObject({ rejections: [] });
    const endpoint = webhookEndpointSchema.parse((await ask('POST', `/v1/rules/${rule.id}/webhook`)).body);
    const body = JSON.stringify({ order: 7 });
    const now = new Date();
    const call = async (id: string) => {
      const answer = await fetch(new URL(endpoint.url, server.url), {
        method: 'POST',
        headers: {
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': new Webhook(endpoint.secret).sign(id, now, body),
        },
        body,
      });
      return { status: answer.status, receipt: webhookReceiptSchema.safeParse(await answer.json()).data };
    };
    const first = await call('msg_1');
    expect(first).toMatchObject({ status: 202, receipt: { status: 'stored' } });
    expect(await call('msg_1')).toEqual(first);
    const { documents } = await desk.pullAll('events');
    const calls = documents.filter((one) => !isTombstone(one) && one.body['module'] === 'webhook');
    expect(calls).toMatchObject([{ id: first.receipt?.id, tenantId, body: { entityType: 'rule', entityId: rule.id } }]);
    expect((await ask('DELETE', `/v1/rules/${rule.id}/webhook`)).body).toEqual({ removed: true });
    expect((await call('msg_2')).status).toBe(404);
  });

  it('tells staff how the engine is, and Prometheus how much it did', async () => {
    const health = engineHealthSchema.parse((await ask('GET', '/v1/engine')).body);
    expect(health.jobs.dead).toBe(0);
    expect(health.events.perMinute).toHaveLength(60);
    expect(health.events.perMinute.reduce((sum, one) => sum + one.received, 0)).toBeGreaterThan(1);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/steward_jobs_total\{[^}]*outcome="done"[^}]*\} \d/);
    expect(metrics).toMatch(/steward_events_received_total\{source="webhook",outcome="stored"\} 1/);
    expect(metrics).toMatch(/steward_events_processed_total\{outcome="processed"\} \d/);
  });
});
