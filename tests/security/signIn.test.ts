import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCodes } from '#shared/kernel/errors.ts';
import { startDemoServer } from '#tests/support/demoServer.ts';
import type { DemoServer } from '#tests/support/demoServer.ts';
import { logIn, post } from '#tests/support/protocolClient.ts';

const seed = Number(process.env['STEWARD_SEED'] ?? Date.now() % 1_000_000);
const internals = /node_modules|\.ts:\d|\bat \S+ \(|sqlite|SELECT |argon2/i;

describe(`HTTP nobody should send, seed ${seed}`, { timeout: 60_000 }, () => {
  let server: DemoServer;
  let token: string;
  beforeAll(async () => {
    server = await startDemoServer();
    token = (await logIn(server.url, 'viewer@steward.example')).accessToken;
  });
  afterAll(() => server.stop());

  it('is answered in the words of the protocol, and the server lives on', async () => {
    const path = fc.oneof(
      fc.constantFrom(
        '/v1/auth/login',
        '/v1/auth/refresh',
        '/v1/auth/logout',
        '/v1/records/runs',
        '/v1/records/__proto__',
      ),
      fc.webPath(),
      fc.webQueryParameters().map((query) => `/v1/records/events?${query}`),
      fc
        .tuple(fc.constantFrom('before', 'limit', 'kind', 'tenant'), fc.string())
        .map(([name, value]) => `/v1/records/audit?${name}=${encodeURIComponent(value)}&${name}=twice`),
    );
    const request = fc.record({
      path,
      method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH'),
      type: fc.constantFrom(
        'application/json',
        'text/plain',
        'multipart/form-data',
        'application/x-www-form-urlencoded',
      ),
      authorization: fc.constantFrom('', `Bearer ${token}`, 'Bearer ', 'Basic eDp5', `Bearer ${token}x`),
      body: fc.oneof(
        fc.json(),
        fc.string(),
        fc.constantFrom('{', '{"__proto__":{"polluted":1}}', '['.repeat(60_000), 'x'.repeat(80_000)),
      ),
    });
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(request, async (given) => {
        const answer = await fetch(`${server.url}/${given.path.replace(/^\/+/, '')}`, {
          method: given.method,
          headers: { 'content-type': given.type, authorization: given.authorization },
          ...(given.method === 'GET' ? {} : { body: given.body }),
        });
        const text = await answer.text();
        answered += 1;
        expect(answer.status).toBeLessThan(500);
        expect(text).not.toMatch(internals);
        const problem =
          answer.status >= 400 ? (JSON.parse(text) as { error: { code: string } }).error.code : 'not_found';
        expect(errorCodes).toContain(problem);
      }),
      { seed, numRuns: 500 },
    );
    expect(answered).toBeGreaterThanOrEqual(500);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect(server.errors).toEqual([]);
  });
});

describe('guessing passwords', { timeout: 60_000 }, () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await startDemoServer();
  });
  afterAll(() => server.stop());
  const guess = (email: string, password = 'wrong') =>
    post(server.url, '/v1/auth/login', { email, password, clientId: 'guesser' });

  it('ends after five failures, for people who exist and people who do not, whatever the case of the letters', async () => {
    for (const email of ['ops@steward.example', 'nobody@steward.example']) {
      const statuses: number[] = [];
      for (let index = 0; index < 7; index += 1)
        statuses.push((await guess(index % 2 === 0 ? email : email.toUpperCase())).status);
      expect(statuses).toEqual([...Array.from({ length: 5 }, () => 401), 429, 429]);
    }
    expect((await guess('ops@steward.example', 'steward-demo')).body).toMatchObject({
      error: { code: 'rate_limited' },
    });
    expect((await guess('growth@steward.example', 'steward-demo')).status).toBe(200);
  });

  it('leaves no password and no token in what the server says or writes', async () => {
    const session = await logIn(server.url, 'admin@steward.example');
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toContain('steward_connections');
    expect(`${metrics}${server.errors.join('')}`).not.toContain(session.refreshToken.slice(0, 12));
  });
});
