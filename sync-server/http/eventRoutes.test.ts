import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import { eventsAnswerSchema } from '#shared/protocol/events.ts';
import { startEdgeServer, tenants } from '#tests/support/edgeServer.ts';
import type { EdgeServer } from '#tests/support/edgeServer.ts';

const paid = (amount: Json = 5, more: JsonObject = {}): JsonObject => ({
  module: 'shop',
  code: 'order.paid',
  data: { amount },
  ...more,
});
const minute = 60_000;
const day = 24 * 60 * minute;

describe('POST /v1/events', () => {
  let server: EdgeServer;
  let key: string;
  beforeEach(async () => {
    server = await startEdgeServer();
    ({ key } = await server.keyFor(tenants.acme));
  });
  afterEach(() => server.close());
  const stored = () => server.store.recordsOfKind('event');
  const idOf = (body: JsonObject) =>
    String(eventsAnswerSchema.parse(body).events.map((one) => 'id' in one && one.id)[0]);

  it('stores an event of the key and of now, before it answers', async () => {
    const { status, body } = await server.send(key, paid());
    expect([status, body]).toEqual([202, { accepted: 1, events: [{ id: idOf(body), status: 'stored' }] }]);
    const [record] = await stored();
    expect(record).toMatchObject({
      id: idOf(body),
      tenantId: tenants.acme,
      status: 'pending',
      body: { module: 'shop', code: 'order.paid', data: { amount: 5 }, source: 'http' },
    });
    expect(record).toMatchObject({ body: { occurredAt: new Date(server.now()).toISOString() } });
    expect(JSON.stringify(record)).toContain('"triggeredBy":"apiKey:');
  });

  it('takes everything an event may say, instants in UTC', async () => {
    const more = {
      entityType: 'order',
      entityId: 'o-1',
      triggeredBy: 'till 3',
      occurredAt: '2026-03-01T09:30:00+02:00',
    };
    await server.send(key, paid(1, { ...more, tenantId: tenants.acme, colour: 'ignored' }));
    expect((await stored())[0]).toMatchObject({
      body: { entityType: 'order', entityId: 'o-1', triggeredBy: 'till 3', occurredAt: '2026-03-01T07:30:00.000Z' },
    });
  });

  it.each([
    [paid('much'), 422, 'invalid', 'data.amount'],
    [paid(-1), 422, 'invalid', 'data.amount'],
    [paid(1, { code: 'order.lost' }), 422, 'invalid', 'code'],
    [paid(1, { code: 'order..paid' }), 400, 'invalid_message', 'code'],
    [paid(1, { module: '*' }), 400, 'invalid_message', 'module'],
    [paid(1, { data: [] }), 400, 'invalid_message', 'data'],
    [paid(1, { occurredAt: 'yesterday' }), 400, 'invalid_message', 'occurredAt'],
    [paid(1, { tenantId: tenants.other }), 403, 'forbidden', 'tenantId'],
    [paid(1, { idempotencyKey: '' }), 400, 'invalid_message', 'idempotencyKey'],
    [null, 400, 'invalid_message', undefined],
    ['text', 400, 'invalid_message', undefined],
    [{ events: [] }, 400, 'invalid_message', 'events'],
    [{ events: Array.from({ length: 1001 }, () => paid()) }, 400, 'invalid_message', 'events'],
  ] as const)('refuses %j', async (body, status, code, path) => {
    const answer = await server.send(key, body as unknown as Json);
    expect(answer).toMatchObject({ status, body: { error: { code, ...(path ? { path } : {}) } } });
    expect(await stored()).toEqual([]);
  });

  it('stores the valid ones of a batch and tells which were refused, where and why', async () => {
    const batch = [paid(1), paid('much'), paid(2), 7, paid(3, { tenantId: tenants.other })];
    const { status, body } = await server.send(key, { events: batch });
    expect(status).toBe(202);
    const answer = eventsAnswerSchema.parse(body);
    expect(answer.accepted).toBe(2);
    expect(answer.events).toMatchObject([
      { status: 'stored' },
      { index: 1, error: { code: 'invalid', path: 'data.amount' } },
      { status: 'stored' },
      { index: 3, error: { code: 'invalid_message' } },
      { index: 4, error: { code: 'forbidden', path: 'tenantId' } },
    ]);
    expect(await stored()).toHaveLength(2);
  });

  it('takes a thousand at once', async () => {
    const batch = Array.from({ length: 1000 }, (_, index) => paid(index));
    const { status, body } = await server.send(key, { events: batch });
    expect([status, body['accepted']]).toEqual([202, 1000]);
    expect(await stored()).toHaveLength(1000);
  });

  it('a key of the platform names the tenant of each event', async () => {
    const { key: platform } = await server.keyFor('');
    expect(await server.send(platform, paid())).toMatchObject({ status: 422, body: { error: { path: 'tenantId' } } });
    expect((await server.send(platform, paid(1, { tenantId: tenants.other }))).status).toBe(202);
    expect((await server.send(platform, paid(1, { tenantId: '' }))).status).toBe(202);
    expect((await server.send(platform, paid(1, { tenantId: 'nobody' }))).body).toMatchObject({
      error: { path: 'tenantId' },
    });
    expect((await stored()).map((one) => one.tenantId).toSorted((left, right) => left.localeCompare(right))).toEqual([
      '',
      tenants.other,
    ]);
  });

  it('a missing, unknown, expired and revoked key answer alike', async () => {
    const expiring = await server.keyFor(tenants.acme, new Date(server.now() + minute).toISOString());
    const revoked = await server.keyFor(tenants.acme);
    expect((await server.send(expiring.key, paid())).status).toBe(202);
    server.advance(minute);
    expect((await server.ask('admin', 'POST', `/v1/api-keys/${revoked.id}/revoke`)).status).toBe(200);
    const keys = ['', 'nonsense', `stw_${'A'.repeat(43)}`, expiring.key, revoked.key];
    const answers = await Promise.all(keys.map((one) => server.send(one, paid())));
    for (const { status, body } of answers) expect([status, body]).toEqual([401, answers[0]?.body]);
    expect(answers[0]?.body).toMatchObject({ error: { code: 'unauthenticated' } });
    expect((await server.send(key, paid())).status).toBe(202);
  });

  it('the same event of the same tenant, known by its key, is stored once', async () => {
    const { body: first } = await server.send(key, paid(1, { idempotencyKey: 'order-1' }));
    const { body: again } = await server.send(key, { events: [paid(2), paid(1, { idempotencyKey: 'order-1' })] });
    expect(eventsAnswerSchema.parse(again).events[1]).toEqual({ id: idOf(first), status: 'duplicate' });
    expect(await stored()).toHaveLength(2);
  });

  it('the same request with the same Idempotency-Key answers the first answer again, for a day', async () => {
    const send = (body: Json, sender = key) => server.send(sender, body, { 'idempotency-key': 'request-1' });
    const [first, meanwhile] = await Promise.all([send(paid()), send(paid())]);
    expect(meanwhile.body).toEqual(first.body);
    expect((await send(paid())).body).toEqual(first.body);
    expect(await stored()).toHaveLength(1);
    expect(await send(paid(6))).toMatchObject({
      status: 422,
      body: { error: { code: 'invalid', path: 'Idempotency-Key' } },
    });
    const { key: another } = await server.keyFor(tenants.acme);
    expect(idOf((await send(paid(), another)).body)).not.toBe(idOf(first.body));
    server.advance(day);
    expect((await send(paid())).body).toMatchObject({ events: [{ id: idOf(first.body), status: 'duplicate' }] });
    expect(await stored()).toHaveLength(2);
  });

  it('a request whose answer was lost before it was kept stores nothing twice', async () => {
    const send = () => server.send(key, { events: [paid(1), paid(2)] }, { 'idempotency-key': 'request-1' });
    const ids = (body: JsonObject) => eventsAnswerSchema.parse(body).events.map((one) => 'id' in one && one.id);
    const first = await send();
    await server.store.transaction((transaction) => transaction.removeEntriesWithPrefix('idempotency', ''));
    const again = await send();
    expect(ids(again.body)).toEqual(ids(first.body));
    expect(await stored()).toHaveLength(2);
  });

  it('a refusal is answered again too, and an Idempotency-Key has its length', async () => {
    const send = (name: string) => server.send(key, paid('much'), { 'idempotency-key': name });
    expect(await send('one')).toMatchObject({ status: 422, body: (await send('one')).body });
    expect(await send('x'.repeat(201))).toMatchObject({ status: 400, body: { error: { path: 'Idempotency-Key' } } });
  });

  it('notes when a key was used, once a minute', async () => {
    const version = async () => (await server.store.recordsOfKind('apiKey'))[0]?.version;
    await server.send(key, paid());
    const used = await version();
    server.advance(minute - 1);
    await server.send(key, paid());
    expect(await version()).toBe(used);
    server.advance(1);
    await server.send(key, paid());
    expect(await version()).toBe((used ?? 0) + 1);
    expect((await server.store.recordsOfKind('apiKey'))[0]).toMatchObject({
      body: { lastUsedAt: new Date(server.now()).toISOString() },
    });
  });

  it('has room for 4 MiB, and no more', async () => {
    const of = (bytes: number) => server.send(key, paid(1, { data: { amount: 1, note: 'x'.repeat(bytes) } }));
    expect((await of(3_000_000)).status).not.toBe(413);
    expect(await of(4_200_000)).toMatchObject({ status: 413, body: { error: { code: 'too_large' } } });
  });

  it('counts the events of a key, and says when there are too many how long to wait', async () => {
    const batch = { events: Array.from({ length: 1000 }, () => 0) };
    const answers = [];
    for (let round = 0; round < 61; round += 1) answers.push(await server.send(key, batch));
    const last = answers.at(-1);
    expect(answers.slice(0, 60).map((one) => one.status)).toEqual(Array.from({ length: 60 }, () => 202));
    expect(last).toMatchObject({ status: 429, body: { error: { code: 'rate_limited' } } });
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(answers[0]?.headers['ratelimit-remaining'])).toBe(59_000);
    const { key: another } = await server.keyFor(tenants.other);
    expect((await server.send(another, paid())).status).toBe(202);
  });
});
