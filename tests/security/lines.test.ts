import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDoorkeeper } from '#server/sockets/doorkeeper.ts';
import { startDemoServer } from '#tests/support/demoServer.ts';
import type { DemoServer } from '#tests/support/demoServer.ts';
import { startEdgeServer } from '#tests/support/edgeServer.ts';
import { connectWith, logIn } from '#tests/support/protocolClient.ts';
import type { ProtocolClient } from '#tests/support/protocolClient.ts';
import type { SessionAnswer } from '#shared/protocol/session.ts';

describe('a line into the server', () => {
  let server: DemoServer;
  let session: SessionAnswer;
  beforeAll(async () => {
    server = await startDemoServer(['--connect-seconds', '1', '--max-connections-per-person', '3']);
    session = await logIn(server.url, 'admin@steward.example');
  });
  afterAll(() => server.stop());
  /** Socket.io's transport, spoken by hand. Answers what came until the server closed. */
  const speak = async (say: readonly string[]): Promise<string[]> => {
    const line = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const heard: string[] = [];
    line.addEventListener('message', (event) => heard.push(String(event.data)));
    await once(line, 'open');
    for (const text of say) line.send(text);
    await once(line, 'close');
    return heard;
  };

  it.each([
    ['nothing', []],
    ['the namespace that asks nothing', ['40']],
    ['a wrong token', ['40/sync,{"token":"x","clientId":"c","schemaVersion":1,"appVersion":"t"}']],
    ['a wrong token, again and again', Array.from({ length: 50 }, () => '40/sync,{"token":"x"}')],
    ['a namespace that is none', ['40/admin,']],
    ['messages before it signed in', ['42/sync,1["pull",{"collection":"runs","checkpoint":null,"limit":10}]']],
  ])('on which a client says %s is closed, and shows nothing', async (_what, say) => {
    const heard = await speak(say);
    expect(heard.filter((text) => text.startsWith('42') || text.startsWith('43'))).toEqual([]);
    expect(server.errors).toEqual([]);
  });

  it('over which a request drips is closed', async () => {
    const { port } = new URL(server.url);
    const line = connectTcp(Number(port), '127.0.0.1');
    let heard = '';
    line.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    line.on('error', () => undefined);
    line.write('POST /v1/auth/login HTTP/1.1\r\nHost: x\r\n');
    const drip = setInterval(() => line.write('X-Drip: 1\r\n'), 100);
    await new Promise((resolve) => line.once('close', resolve));
    clearInterval(drip);
    expect(heard).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('is refused to a person who has as many as one may have, until one is given back', async () => {
    const open = () => connectWith(server.url, session, 'many');
    const lines = [await open(), await open(), await open()];
    await expect(open()).rejects.toMatchObject({ data: { code: 'rate_limited' } });
    const [first] = lines;
    first?.close();
    await expect.poll(() => admitted(open)).toBe(true);
    for (const line of lines) line.close();
  });

  it('is refused to pages of other origins', async () => {
    const of = async (origin: string) => {
      const line = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
        headers: { origin },
      } as unknown as string[]);
      const outcome = await Promise.race([
        once(line, 'open').then(() => 'open'),
        once(line, 'error').then(() => 'refused'),
      ]);
      line.close();
      return outcome;
    };
    expect(await of('https://evil.example')).toBe('refused');
    expect(await of('null')).toBe('refused');
    expect(await of('app://steward')).toBe('open');
  });
});

it('is refused when the server has as many as it may have', async () => {
  const server = await startDemoServer(['--max-connections', '2']);
  const session = await logIn(server.url, 'admin@steward.example');
  const open = () => connectWith(server.url, session, 'full');
  const lines = [await open(), await open()];
  await expect(open()).rejects.toBeInstanceOf(Error);
  for (const line of lines) line.close();
  await expect.poll(() => admitted(open)).toBe(true);
  await server.stop();
});

describe('the doorkeeper', () => {
  const limits = { connections: 4, waitingPerAddress: 2, perPerson: 1, patience: 60_000 };
  const line = (id: string) => ({ id, close: () => undefined });

  it('counts who waits by address, and who entered by person', () => {
    const door = createDoorkeeper(limits);
    door.opened(line('a'), '::1');
    door.opened(line('b'), '::1');
    expect([door.mayOpen('::1'), door.mayOpen('::2')]).toEqual([false, true]);
    expect([door.entered('a', 'ada'), door.entered('b', 'ada')]).toEqual([true, false]);
    expect(door.mayOpen('::1')).toBe(true);
    door.left('a');
    expect([door.mayOpen('::1'), door.entered('b', 'ada')]).toEqual([false, true]);
    door.closed('a');
    door.closed('a');
    door.closed('b');
    expect(door.entered('b', 'ada')).toBe(false);
    for (const id of ['c', 'd', 'e', 'f']) door.opened(line(id), id);
    expect(door.mayOpen('::3')).toBe(false);
    door.close();
  });
});

/** Opens one line more and gives it back. */
async function admitted(open: () => Promise<ProtocolClient>): Promise<boolean> {
  try {
    (await open()).close();
    return true;
  } catch {
    return false;
  }
}

it('what the server measures is told to its own machine only', async () => {
  const server = await startEdgeServer();
  const from = async (remoteAddress: string) =>
    (await server.inject({ method: 'GET', url: '/metrics', remoteAddress })).statusCode;
  expect(await Promise.all(['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.1.2.3', '2001:db8::1'].map(from))).toEqual([
    200, 200, 200, 404, 404,
  ]);
  await server.close();
});
