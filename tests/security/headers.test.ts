import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemoServer } from '#tests/support/demoServer.ts';
import type { DemoServer } from '#tests/support/demoServer.ts';

const own = 'app://steward';

describe('headers of every answer', { timeout: 60_000 }, () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await startDemoServer(['--allowed-origins', `${own}, https://console.example`]);
  });
  afterAll(() => server.stop());
  const json = { 'content-type': 'application/json' };

  it.each<[number, string, RequestInit]>([
    [200, '/healthz', {}],
    [400, '/v1/auth/login', { method: 'POST', headers: json, body: '{' }],
    [401, '/v1/records/runs', {}],
    [404, '/none', {}],
    [413, '/v1/auth/login', { method: 'POST', headers: json, body: JSON.stringify({ email: 'x'.repeat(70_000) }) }],
  ])('forbid to draw, frame, run, keep or guess at it: %s', async (status, path, request) => {
    const answer = await fetch(`${server.url}${path}`, request);
    expect(answer.status).toBe(status);
    const headers = Object.fromEntries(answer.headers);
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cache-control': 'no-store',
    });
    for (const name of ['x-powered-by', 'server', 'set-cookie', 'strict-transport-security'])
      expect(headers).not.toHaveProperty(name);
  });

  const allowedFor = async (origin: string, preflight: boolean) => {
    const headers: Record<string, string> = { origin };
    if (preflight)
      Object.assign(headers, {
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      });
    const answer = await fetch(`${server.url}/v1/auth/login`, { method: preflight ? 'OPTIONS' : 'POST', headers });
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    return answer.headers.get('access-control-allow-origin');
  };

  it.each([own, 'https://console.example'])('let pages of %s read the answers', async (origin) => {
    expect(await allowedFor(origin, true)).toBe(origin);
    expect(await allowedFor(origin, false)).toBe(origin);
  });

  it.each([
    'https://evil.example',
    'https://console.example.evil.example',
    'http://console.example',
    'null',
    'app://steward2',
  ])('let no page of %s', async (origin) => {
    expect(await allowedFor(origin, true)).toBeNull();
    expect(await allowedFor(origin, false)).toBeNull();
  });
});
