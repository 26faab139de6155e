import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#shared/kernel/json.ts';
import { connectWith, logIn, newTask, openSocket } from '#tests/support/protocolClient.ts';
import { allRows } from '#tests/support/routeTable/allRows.ts';
import { smallDemo, startServerProcess } from '#tests/support/serverProcess.ts';
import type { ServerProcess } from '#tests/support/serverProcess.ts';
import { temporaryFolder } from '#tests/support/temporaryFolder.ts';

/** Every field that some route reads a secret from, each with a canary of its own. */
const fields =
  'email password current next totp code token refreshToken flow callbackUrl redirectUri clientId device displayName value secret apiKey ephemeralKey name'.split(
    ' ',
  );
const canary = (name: string) => `canary-${name}-7f3a9c`;
const address = '203.0.113.77';

describe('the log of a server that is talked to with secrets', { timeout: 120_000 }, () => {
  let folder: string;
  let server: ServerProcess;
  /** What the server gave out itself. */
  const given = new Set<string>();
  beforeAll(async () => {
    folder = temporaryFolder('logs');
    const options: Record<string, string> = {
      seed: 'demo',
      log: 'debug',
      'trust-proxy': '127.0.0.1',
      'requests-per-minute': '100000',
      'smtp-url': `smtp://user:${canary('smtp')}@127.0.0.1:1`,
      'smtp-from': 'Steward <steward@steward.example>',
      'ai-key': canary('ai'),
      'oidc-issuer': 'http://127.0.0.1:1',
      'oidc-client-id': 'steward',
      'oidc-client-secret': canary('client-secret'),
    };
    const line = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
    server = await startServerProcess(join(folder, 'data'), [...line, ...smallDemo]);
  });
  afterAll(async () => {
    await server.stop();
  });

  /** Keeps every long text of an answer: tokens, keys, links, codes. */
  const keep = (value: Json | undefined): void => {
    if (typeof value === 'string') {
      if (value.length >= 20 && !/^[\da-f-]{36}$|[\s@]|^\d{4}-/.test(value)) given.add(value);
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(keep);
  };
  const send = async (method: string, path: string, headers: Record<string, string>, body?: string) => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        'x-forwarded-for': address,
        cookie: `session=${canary('cookie')}`,
        'x-api-key': canary('key'),
        ...headers,
      },
      ...(body === undefined || method === 'GET' ? {} : { body }),
    });
    const text = await answer.text();
    return { status: answer.status, text };
  };
  const everything = Object.fromEntries(fields.map((name) => [name, canary(name)]));
  const json = { 'content-type': 'application/json' };
  const malformed = `{"password": "${canary('password')}", "token": ${canary('token')}`;
  const query = fields.map((name) => `${name}=${canary(name)}`).join('&');

  it('hears of every route with canaries in every field, header, query and broken body', async () => {
    const admin = await logIn(server.url, 'admin@steward.example');
    keep(admin);
    for (const authorization of [
      `Bearer ${admin.accessToken}`,
      `Bearer ${canary('bearer')}`,
      `Basic ${canary('basic')}`,
    ])
      for (const { method, route, body } of await allRows()) {
        const path = route.replaceAll(/:\w+/g, canary('path'));
        const whole = JSON.stringify({
          ...everything,
          ...(typeof body === 'object' && !Array.isArray(body) ? body : {}),
        });
        for (const sent of [whole, malformed, `"${canary('password')}"`])
          await send(method, path, { authorization, ...json }, sent);
        await send(method, `${path}?${query}`, { authorization, 'content-type': 'text/plain' }, canary('password'));
      }
    const large = JSON.stringify({ ...everything, email: canary('email').repeat(5000) });
    expect((await send('POST', '/v1/auth/login', json, large)).status).toBe(413);
    expect((await send('GET', `/v1/%E0%A4%A?${query}`, {})).status).toBe(400);
  });

  it('hears of what it gives out itself', async () => {
    const { accessToken, staff } = await logIn(server.url, 'ops@steward.example');
    const admin = await logIn(server.url, 'admin@steward.example');
    const authorization = `Bearer ${admin.accessToken}`;
    const tenant = await tenantOf();
    for (const [path, body] of [
      ['/v1/account/totp/begin', {}],
      ['/v1/api-keys', { name: 'Shop', tenantId: tenant }],
      [`/v1/staff/${staff.id}/password-reset`, {}],
    ] as const) {
      const { status, text } = await send('POST', path, { authorization, ...json }, JSON.stringify(body));
      expect([path, status]).toEqual([path, 200]);
      keep(JSON.parse(text) as Json);
    }
    given.add(accessToken);
    expect(given.size).toBeGreaterThan(6);
  });

  const tenantOf = async (): Promise<string> => {
    const client = await connectWith(server.url, await logIn(server.url, 'admin@steward.example'), 'desk');
    const { documents } = await client.pullAll('tenants');
    client.close();
    return documents.find((one) => !('_deleted' in one) && one.kind === 'tenant' && one.status === 'ACTIVE')?.id ?? '';
  };

  it('hears of frames with canaries, whole and broken', async () => {
    const refused = openSocket(server.url, {
      token: canary('token'),
      clientId: 'desk',
      schemaVersion: 1,
      appVersion: '1',
    });
    await new Promise((wake) => refused.once('connect_error', wake));
    const session = await logIn(server.url, 'admin@steward.example');
    const socket = io(`${server.url}/sync`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { 'x-forwarded-for': address, cookie: `session=${canary('cookie')}` },
      auth: { token: session.accessToken, clientId: canary('clientId'), schemaVersion: 1, appVersion: canary('name') },
    });
    await new Promise((wake) => socket.once('hello', wake));
    const row = newTask(canary('password'), {
      body: { description: `password: ${canary('password')}`, secret: canary('secret') },
    });
    const frames: [string, JsonObject][] = [
      ['push', { collection: 'runs', pushId: canary('token'), rows: [row as unknown as JsonObject] }],
      ['push', { collection: canary('name'), password: canary('password') }],
      ['pull', { collection: 'runs', checkpoint: canary('token'), limit: 1 }],
      [canary('name'), everything],
    ];
    const answers: unknown[] = [];
    for (const [event, payload] of frames) answers.push(await socket.timeout(10_000).emitWithAck(event, payload));
    expect(answers.map((answer) => (answer as { ok: boolean }).ok)).toEqual([true, false, false, false]);
    socket.disconnect();
    refused.disconnect();
  });

  it('hears of faults: a store that takes nothing, a provider and a mail server that are not there', async () => {
    const file = new DatabaseSync(join(folder, 'data', 'steward.sqlite'), { timeout: 5000 });
    file.exec('ALTER TABLE refresh_tokens RENAME TO lost');
    file.close();
    const login = JSON.stringify({
      ...everything,
      email: 'viewer@steward.example',
      password: 'steward-demo',
      totp: '',
    });
    expect((await send('POST', '/v1/auth/login', json, login)).status).toBe(503);
    const begin = { redirectUri: 'http://127.0.0.1:4000/callback', clientId: canary('clientId') };
    expect((await send('POST', '/v1/auth/oidc/begin', json, JSON.stringify(begin))).status).toBe(503);
  });

  it('holds none of it', async () => {
    await server.stop();
    const output = server.output();
    expect(output).toContain('the store could not answer a request');
    expect(output).toContain('the OpenID provider could not be asked');
    expect(output).toContain('stopping');
    // All of it: the helper keeps the last 100,000 characters.
    expect(output.length).toBeLessThan(90_000);
    expect(output.match(/canary-[\w-]+/g) ?? []).toEqual([]);
    expect([...given].filter((secret) => output.includes(secret))).toEqual([]);
    expect(output).not.toContain(address);
    expect(output).not.toContain('@steward.example"');
  });
});
