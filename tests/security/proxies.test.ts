import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { io } from 'socket.io-client';
import { isTombstone } from '#shared/records/envelope.ts';
import { proxyList } from '#server/config/proxyList.ts';
import { startDemoServer } from '#tests/support/demoServer.ts';
import type { DemoServer } from '#tests/support/demoServer.ts';
import { connect, logIn, newTask } from '#tests/support/protocolClient.ts';

/** Statuses of so many requests that are counted by address. */
async function statuses(url: string, forwardedFor: string, count: number): Promise<Set<number>> {
  const answers = await Promise.all(
    Array.from({ length: count }, () =>
      fetch(`${url}/v1/auth/oidc/begin`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': forwardedFor },
        body: JSON.stringify({ redirectUri: 'http://127.0.0.1:4000/callback', clientId: 'desk' }),
      }),
    ),
  );
  return new Set(answers.map((answer) => answer.status));
}

describe('behind a trusted proxy', { timeout: 60_000 }, () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await startDemoServer(['--trust-proxy', '127.0.0.0/8, 203.0.113.7']);
  });
  afterAll(() => server.stop());

  it('every client is counted by itself, whatever it says of others', async () => {
    expect(await statuses(server.url, '198.51.100.1', 61)).toContain(429);
    expect(await statuses(server.url, '198.51.100.2', 1)).toEqual(new Set([404]));
    // The first client again, by way of a second proxy and behind an invented address.
    expect(await statuses(server.url, '192.0.2.99, 198.51.100.1, 203.0.113.7', 1)).toEqual(new Set([429]));
    expect(await statuses(server.url, '2001:db8::7', 1)).toEqual(new Set([404]));
  });

  it('the audit log knows clients apart that write through it', async () => {
    const session = await logIn(server.url, 'admin@steward.example');
    const write = async (forwardedFor: string) => {
      const socket = io(`${server.url}/sync`, {
        transports: ['websocket'],
        forceNew: true,
        extraHeaders: { 'x-forwarded-for': forwardedFor },
        auth: { token: session.accessToken, clientId: 'desk', schemaVersion: 1, appVersion: 'test' },
      });
      await new Promise((wake) => socket.once('hello', wake));
      const row = newTask('Written from afar');
      await socket.emitWithAck('push', { collection: 'runs', pushId: crypto.randomUUID(), rows: [row] });
      socket.disconnect();
      return row.doc.id;
    };
    const ids = [await write('198.51.100.1'), await write('198.51.100.1'), await write('198.51.100.2')];
    const reader = await connect(server.url, 'admin@steward.example');
    const { documents } = await reader.pullAll('audit');
    reader.close();
    const addresses = ids.map((id) => {
      const entry = documents.find((one) => !isTombstone(one) && one.body['resourceId'] === id);
      return entry && !isTombstone(entry) ? entry.body['address'] : undefined;
    });
    expect(addresses[0]).toEqual(expect.stringMatching(/./));
    expect(addresses[1]).toBe(addresses[0]);
    expect(addresses[2]).not.toBe(addresses[0]);
  });
});

it('without one nobody is believed', { timeout: 60_000 }, async () => {
  const server = await startDemoServer();
  expect(await statuses(server.url, '198.51.100.1', 61)).toContain(429);
  expect(await statuses(server.url, '198.51.100.2', 1)).toEqual(new Set([429]));
  await server.stop();
});

it.each(['10.0.0.0/33', '10.0.0.0/8/8', 'proxy.example', '2001:db8::/129', '10.0.0.1/'])(
  '"%s" is no proxy',
  (entry) => {
    expect(() => proxyList(`127.0.0.1, ${entry}`)).toThrow(/^--trust-proxy: "/);
  },
);
