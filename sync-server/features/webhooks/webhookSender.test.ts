import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tlsOptions from 'smtp-server/lib/tls-options.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSecrets } from '#server/features/secrets/secrets.ts';
import { loadSecretKey } from '#server/features/secrets/secretKey.ts';
import type { Secrets } from '#server/features/secrets/secrets.ts';
import { openSqliteStore } from '#server/storage/sqlite/openSqliteStore.ts';
import type { SyncStore } from '#server/storage/store.ts';
import { startHttpReceiver } from '#tests/support/httpReceiver.ts';
import type { HttpReceiver } from '#tests/support/httpReceiver.ts';
import type { EffectContext, EffectOutcome, Effects } from '../../engine/effects.ts';
import { isPublicAddress } from './publicAddress.ts';
import { createWebhookLog } from './webhookLog.ts';
import type { WebhookLog } from './webhookLog.ts';
import { createWebhookSender } from './webhookSender.ts';

const signing = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const token = 'Bearer canary-token-91c2';
const context = (changed: Partial<EffectContext> = {}): EffectContext => ({
  idempotencyKey: 'run-1:tell',
  runId: 'run-1',
  ruleId: 'rule-1',
  tenantId: 'tenant-1',
  stepId: 'tell',
  attempt: 1,
  signal: new AbortController().signal,
  ...changed,
});

function faultOf(outcome: EffectOutcome): { error: string; retriable: boolean } {
  if (outcome.ok) throw new Error('the webhook was taken');
  return outcome;
}

describe('a webhook that a rule sends', () => {
  let folder: string;
  let store: SyncStore;
  let secrets: Secrets;
  let log: WebhookLog;
  let receiver: HttpReceiver;
  let send: Effects['webhook'];
  const sender = (allowPrivate: boolean, timeout?: number) =>
    createWebhookSender({
      readSecret: secrets.read,
      log,
      clock: () => Date.now(),
      allowPrivate,
      onFault: (what, error) => {
        throw new Error(what, { cause: error });
      },
      ...(timeout !== undefined && { timeout }),
    });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'steward-webhooks-'));
    const clock = () => Date.now();
    store = openSqliteStore(folder, clock);
    secrets = createSecrets({ store, key: loadSecretKey(folder, ''), clock });
    await secrets.put('shop', signing, 'ada');
    await secrets.put('token', token, 'ada');
    log = createWebhookLog({ store, clock });
    receiver = await startHttpReceiver();
    send = sender(true);
  });
  afterEach(async () => {
    await receiver.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const order = (changed: Partial<Parameters<Effects['webhook']>[0]> = {}): Parameters<Effects['webhook']>[0] => ({
    type: 'webhook',
    method: 'POST',
    url: `${receiver.url}/orders?token=canary-query&id=7`,
    headers: {},
    body: '{"order":7,"name":"Élodie مريم"}',
    secret: '',
    ...changed,
  });

  it('arrives as it was prepared and keeps the answer', async () => {
    receiver.answer({
      status: 201,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"id":"o-7"}',
    });
    const outcome = await send(order({ method: 'PUT', headers: { 'X-Shop': 'seven' } }), context());
    expect(outcome).toEqual({ ok: true, output: { status: 201, body: { id: 'o-7' }, truncated: false } });
    const [request] = receiver.requests;
    expect(request).toMatchObject({
      method: 'PUT',
      path: '/orders?token=canary-query&id=7',
      body: '{"order":7,"name":"Élodie مريم"}',
      headers: { 'x-shop': 'seven', 'content-type': 'application/json', 'user-agent': 'Steward-Webhooks/1' },
    });
    expect(request?.headers['webhook-signature']).toBeUndefined();
  });

  it('is signed so that a receiver can check who sent it and that it is fresh', async () => {
    await send(order({ secret: 'shop' }), context());
    await secrets.put('plain', 'correct horse battery', 'ada');
    await send(order({ secret: 'plain' }), context());
    const [signed, raw] = receiver.requests as [HttpReceiver['requests'][number], HttpReceiver['requests'][number]];
    expect(receiver.isSigned(signed, signing)).toBe(true);
    expect(receiver.isSigned({ ...signed, body: `${signed.body} ` }, signing)).toBe(false);
    expect(receiver.isSigned(raw, `whsec_${Buffer.from('correct horse battery').toString('base64')}`)).toBe(true);
    expect(receiver.isSigned(raw, signing)).toBe(false);
  });

  it('carries the same id and key in every attempt of a step, and others in the next step', async () => {
    await send(order(), context());
    await send(order(), context({ attempt: 2 }));
    await send(order(), context({ idempotencyKey: 'run-1:other' }));
    const ids = receiver.requests.map((request) => request.headers['webhook-id']);
    expect(ids[0]).toMatch(/^msg_[\w-]{32}$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(receiver.counts()).toEqual(
      new Map([
        ['run-1:tell', 2],
        ['run-1:other', 1],
      ]),
    );
  });

  it('puts secrets into headers, and nothing of them into outcome, log or files', async () => {
    receiver.answer({ status: 400, body: `you sent ${token}, signed with ${signing}` }, 1);
    const outcome = await send(order({ secret: 'shop', headers: { Authorization: 'secret:token' } }), context());
    expect(receiver.requests[0]?.headers['authorization']).toBe(token);
    expect(faultOf(outcome).error).toContain('you sent •••, signed with •••');
    const everything = JSON.stringify([outcome, await log.read({ limit: 10 })]);
    for (const canary of ['canary-token', signing, 'canary-query']) {
      expect(everything).not.toContain(canary);
      for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name)).includes(canary)).toBe(false);
    }
    const missing = await send(order({ headers: { Authorization: 'secret:nobody' } }), context());
    expect(faultOf(missing)).toMatchObject({ retriable: false, error: expect.stringContaining('"nobody"') });
    expect(receiver.requests).toHaveLength(1);
  });

  it('may be tried again after what passes, and not after what stays', async () => {
    const judged: Record<number, boolean> = {};
    for (const status of [400, 401, 404, 408, 409, 410, 422, 425, 429, 500, 502, 503]) {
      receiver.answer({ status }, 1);
      judged[status] = faultOf(await send(order(), context())).retriable;
    }
    expect(
      Object.entries(judged)
        .filter(([, retriable]) => retriable)
        .map(([status]) => Number(status)),
    ).toEqual([408, 409, 425, 429, 500, 502, 503]);
    receiver.answer({ status: 429, headers: { 'retry-after': '120' }, body: 'slow down' }, 1);
    expect(await send(order(), context())).toMatchObject({
      error: 'the webhook answered 429 and asks to wait 120 s: slow down',
      output: { retryAfterSeconds: 120 },
    });
    receiver.answer({ status: 503, headers: { 'retry-after': new Date(Date.now() + 60_000).toUTCString() } }, 1);
    const later = await send(order(), context());
    const { retryAfterSeconds } = later.output as { retryAfterSeconds: number };
    expect(retryAfterSeconds).toBeGreaterThan(50);
    expect(retryAfterSeconds).toBeLessThanOrEqual(61);
  });

  it('does not follow a redirection', async () => {
    receiver.redirect(`${receiver.url}/elsewhere`);
    expect(faultOf(await send(order(), context()))).toMatchObject({
      retriable: false,
      error: expect.stringContaining('redirections are not followed'),
    });
    expect(receiver.requests.map((request) => request.path)).toEqual(['/orders?token=canary-query&id=7']);
  });

  it('is given up when no answer comes in time, when the run is cancelled and when nobody listens', async () => {
    receiver.hang(true);
    expect(faultOf(await sender(true, 120)(order(), context()))).toMatchObject({
      retriable: true,
      error: expect.stringContaining('did not answer within 0.12 s'),
    });
    const abort = new AbortController();
    const sending = send(order(), context({ signal: abort.signal }));
    abort.abort();
    expect(faultOf(await sending)).toMatchObject({ retriable: true, error: expect.stringContaining('cancelled') });
    const { port } = receiver;
    await receiver.close();
    const refused = faultOf(await send(order({ url: `http://127.0.0.1:${port}/` }), context()));
    expect(refused).toMatchObject({ retriable: true, error: expect.stringContaining('ECONNREFUSED') });
    receiver = await startHttpReceiver();
  });

  it('keeps 64 KB of a long answer', async () => {
    receiver.answer({ status: 200, headers: { 'content-type': 'text/plain' }, body: 'x'.repeat(1_000_000) }, 1);
    const outcome = await send(order(), context());
    expect(outcome).toMatchObject({ ok: true, output: { truncated: true, body: 'x'.repeat(65_536) } });
    receiver.answer({ status: 200, headers: { 'content-type': 'application/json' }, body: '{not json' }, 1);
    expect(await send(order(), context())).toMatchObject({ ok: true, output: { body: '{not json' } });
  });

  it('is refused when its address or a header cannot be sent', async () => {
    const refused = [
      await send(order({ url: 'ftp://files.example/' }), context()),
      await send(order({ url: 'no address' }), context()),
      await send(order({ url: 'https://user:canary@shop.example/' }), context()),
      await send(order({ headers: { Host: 'inside.example' } }), context()),
      await send(order({ headers: { 'Webhook-Signature': 'v1,forged' } }), context()),
      await send(order({ headers: { 'X-A': 'one\r\nX-B: two' } }), context()),
      await send(order({ headers: { 'X A': 'one' } }), context()),
    ];
    for (const outcome of refused) expect(faultOf(outcome).retriable).toBe(false);
    expect(JSON.stringify(refused)).not.toContain('canary');
    expect(receiver.requests).toHaveLength(0);
  });

  it('writes every attempt into the log, the newest first, by run and by rule', async () => {
    receiver.answer({ status: 500, body: 'broken' }, 1);
    await send(order(), context());
    await send(order(), context({ attempt: 2 }));
    await send(order({ body: '' }), context({ runId: 'run-2', ruleId: 'rule-1', idempotencyKey: 'run-2:tell' }));
    await send(order(), context({ runId: 'run-3', ruleId: 'rule-2', idempotencyKey: 'run-3:tell' }));
    const ofRun = await log.read({ runId: 'run-1', limit: 10 });
    expect(ofRun).toMatchObject([
      { attempt: 2, status: 200, error: '', requestBytes: 37, responseExcerpt: '{"taken":true}' },
      { attempt: 1, status: 500, error: 'the webhook answered 500: broken', responseExcerpt: 'broken' },
    ]);
    expect(ofRun[0]?.url).toBe(`${receiver.url}/orders?token=...&id=...`);
    expect((await log.read({ ruleId: 'rule-1', limit: 10 })).map((one) => one.runId)).toEqual([
      'run-2',
      'run-1',
      'run-1',
    ]);
    const [first, second] = [await log.read({ limit: 3 }), await log.read({ limit: 3 })];
    expect(first).toEqual(second);
    const rest = await log.read({ limit: 3, before: first[2]?.id ?? '' });
    expect(rest.map((one) => [one.runId, one.attempt])).toEqual([['run-1', 1]]);
    const pageOfRule = await log.read({ ruleId: 'rule-1', limit: 2 });
    expect(await log.read({ ruleId: 'rule-1', limit: 2, before: pageOfRule[1]?.id ?? '' })).toHaveLength(1);
  });
});

describe('webhooks without the permission to call inside', () => {
  it('never reach an address inside, however it is written', async () => {
    const receiver = await startHttpReceiver();
    const attempts: unknown[] = [];
    const send = createWebhookSender({
      readSecret: async () => ({ ok: true, value: 'none' }),
      log: { add: async (attempt) => void attempts.push(attempt) },
      clock: () => Date.now(),
      allowPrivate: false,
      onFault: () => undefined,
      timeout: 3000,
    });
    const hosts = [
      '127.0.0.1',
      'localhost',
      '0x7f.1',
      '2130706433',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '0.0.0.0',
      '10.1.2.3',
      '172.20.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '[fe80::1]',
      '[fd00:ec2::254]',
      '100.100.100.200',
      '[64:ff9b::7f00:1]',
      '[2002:7f00:1::]',
    ];
    for (const host of hosts) {
      const webhook = { type: 'webhook', method: 'GET', headers: {}, body: '', secret: '' } as const;
      const outcome = faultOf(await send({ ...webhook, url: `http://${host}:${receiver.port}/` }, context()));
      expect([host, outcome.retriable, outcome.error]).toEqual([
        host,
        false,
        expect.stringContaining('an address inside a private network'),
      ]);
    }
    expect(receiver.requests).toHaveLength(0);
    expect(attempts).toHaveLength(hosts.length);
    await receiver.close();
  });

  it('go to public addresses', () => {
    for (const address of [
      '1.1.1.1',
      '93.184.215.14',
      '172.32.0.1',
      '2606:4700:4700::1111',
      '2a00:1450:4001:81b::200e',
    ])
      expect([address, isPublicAddress(address)]).toEqual([address, true]);
    for (const address of ['::', 'ff02::1', '2001:db8::1', '255.255.255.255', 'example.com', ''])
      expect([address, isPublicAddress(address)]).toEqual([address, false]);
  });

  it('refuse a certificate that nobody vouches for', async () => {
    const { key, cert } = tlsOptions();
    const server = createServer({ key, cert }, (_request, response) => response.end('ok'));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const send = createWebhookSender({
      readSecret: async () => ({ ok: true, value: 'none' }),
      log: { add: async () => undefined },
      clock: () => Date.now(),
      allowPrivate: true,
      onFault: () => undefined,
    });
    const webhook = { type: 'webhook', method: 'GET', headers: {}, body: '', secret: '' } as const;
    expect(faultOf(await send({ ...webhook, url: `https://127.0.0.1:${port}/` }, context())).error).toMatch(
      /certificate/,
    );
    server.close();
  });
});
