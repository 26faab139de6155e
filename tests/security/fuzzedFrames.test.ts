import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failedSchema } from '#shared/protocol/messages.ts';
import { startDemoServer } from '#tests/support/demoServer.ts';
import type { DemoServer } from '#tests/support/demoServer.ts';
import { connectWith, logIn, newTask } from '#tests/support/protocolClient.ts';
import type { ProtocolClient } from '#tests/support/protocolClient.ts';
import type { SessionAnswer } from '#shared/protocol/session.ts';

const seed = Number(process.env['STEWARD_SEED'] ?? Date.now() % 1_000_000);
const frames = 600;

/** What no answer may hold: traces, places in the code, words of the store. */
const internals = /node_modules|\.ts:\d|\bat \S+ \(|sqlite|SELECT |undefined is not/i;

const odd = fc.oneof(
  fc.constantFrom(null, undefined, true, 0, -1, NaN, Infinity, 2 ** 60, '', '__proto__', 'x'.repeat(70_000)),
  fc.string(),
  fc.double(),
  fc.uint8Array({ maxLength: 40 }),
  fc.constant(JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}')),
  fc.array(fc.integer(), { maxLength: 5 }),
  fc.integer({ min: 10, max: 1500 }).map(nested),
  fc.object({ maxDepth: 3 }),
);
const payload = fc.oneof(
  odd,
  fc.record(
    {
      collection: fc.oneof(fc.constantFrom('runs', 'access', 'audit', 'inbox', 'constructor'), odd),
      checkpoint: fc.oneof(fc.constant(null), fc.record({ seq: fc.oneof(fc.integer(), odd) }), odd),
      limit: fc.oneof(fc.integer({ min: -5, max: 20 }), odd),
      pushId: fc.oneof(fc.string({ maxLength: 80 }), odd),
      rows: fc.oneof(fc.array(fc.oneof(odd, oddRow()), { maxLength: 4 }), odd),
    },
    { requiredKeys: [] },
  ),
);
const event = fc.oneof(
  fc.constantFrom('pull', 'push', 'digest'),
  fc.constantFrom('hello', 'scope', 'constructor', 'toString', '__proto__', 'message', 'ping', '*'),
);

describe(`frames nobody should send, seed ${seed}`, { timeout: 120_000 }, () => {
  let server: DemoServer;
  let session: SessionAnswer;
  let client: ProtocolClient;
  let sent = 0;
  beforeAll(async () => {
    server = await startDemoServer();
    session = await logIn(server.url, 'admin@steward.example');
    client = await connectWith(server.url, session, 'fuzzer');
  });
  afterAll(async () => {
    client.close();
    await server.stop();
  });

  it('are answered in the words of the protocol, and the server lives on', async () => {
    await fc.assert(
      fc.asyncProperty(event, payload, fc.boolean(), async (name, given, withExtra) => {
        sent += 1;
        if (!client.socket.connected) client = await connectWith(server.url, session, 'fuzzer');
        const answer: unknown = await answerOrBye(client, name, withExtra ? [given, given] : [given]);
        expect(JSON.stringify(answer)).not.toMatch(internals);
        expect(codeOf(answer)).not.toMatch(/^(internal|unavailable)$/);
      }),
      { seed, numRuns: frames },
    );
    expect(sent).toBeGreaterThanOrEqual(frames);
    await expectAlive();
  });

  it('without an acknowledgement are counted, and the twentieth closes the connection with a reason', async () => {
    const other = await connectWith(server.url, session, 'silent');
    const bye = new Promise((resolve) => other.socket.once('bye', resolve));
    for (let index = 0; index < 20; index += 1) other.socket.emit('pull', { collection: 'runs' });
    expect(await bye).toEqual({ code: 'invalid_message' });
    await expectAlive();
  });

  it('too large for the line end the connection and nothing else', async () => {
    const other = await connectWith(server.url, session, 'large');
    const closed = new Promise((resolve) => other.socket.once('disconnect', resolve));
    other.socket.emit('push', { collection: 'runs', pushId: 'x', rows: ['x'.repeat(5_000_000)] }, () => undefined);
    expect(await closed).toBe('transport close');
    await expectAlive();
  });

  it.each([
    ['a row', (deep: string) => `[{"baseVersion":0,"doc":${deep}}]`],
    ['the rows', (deep: string) => deep],
    [
      'a body',
      (deep: string) => JSON.stringify([newTask('Deep')]).replace('"description":""', `"description":${deep}`),
    ],
  ])('nested too deep to walk in %s are refused', async (_where, place) => {
    const other = await connectWith(server.url, session, 'deep');
    const answered = other.socket.emitWithAck('digest', { collection: 'runs' });
    const deep = `${'['.repeat(400_000)}${']'.repeat(400_000)}`;
    // Written to the line as text: the client's own encoder could not walk it either.
    other.socket.io.engine.write(`2/sync,77["push",{"collection":"runs","pushId":"deep","rows":${place(deep)}}]`);
    expect(await answered).toMatchObject({ ok: true });
    await other.pullAll('notifications').catch(() => undefined);
    await expectAlive();
    other.close();
  });

  it('more than the budget are refused, not queued', async () => {
    const other = await connectWith(server.url, session, 'eager');
    const answers = await Promise.all(
      Array.from({ length: 70 }, () => other.socket.emitWithAck('digest', { collection: 'notifications' })),
    );
    const refused = (answers as { ok: boolean; error?: { code: string } }[]).filter((one) => !one.ok);
    expect(refused).toHaveLength(10);
    expect(new Set(refused.map((one) => one.error?.code))).toEqual(new Set(['rate_limited']));
    other.close();
  });

  async function expectAlive(): Promise<void> {
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const one = await connectWith(server.url, session, 'check');
    expect(await one.push('runs', [newTask('Still here')])).toMatchObject({ ok: true, rejections: [] });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(server.errors).toEqual([]);
    one.close();
  }
});

/** The answer to a frame, or that the server closed the connection over it. */
async function answerOrBye({ socket }: ProtocolClient, name: string, parameters: unknown[]): Promise<unknown> {
  return new Promise((resolve) => {
    const ended = () => resolve({ closed: true });
    socket.once('disconnect', ended);
    socket.emit(name, ...parameters, (answer: unknown) => {
      socket.off('disconnect', ended);
      resolve(answer);
    });
  });
}

/** The code of a refusal, which must be one of the protocol; '' for an answer. */
function codeOf(answer: unknown): string {
  const { ok } = answer as { ok?: boolean };
  return ok === false ? failedSchema.parse(answer).error.code : '';
}

function nested(depth: number): unknown {
  let value: unknown = 'core';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { inner: value };
  return value;
}

/** A row that is nearly right. */
function oddRow(): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom('id', 'kind', 'tenantId', 'status', 'version', 'body', 'createdAt', '_deleted'), odd, odd)
    .map(([field, value, baseVersion]) => ({ baseVersion, doc: { ...newTask('Odd').doc, [field]: value } }));
}
