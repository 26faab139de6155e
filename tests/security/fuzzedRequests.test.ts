import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '#shared/protocol/messages.ts';
import { rules, startEdgeServer, tenants } from '#tests/support/edgeServer.ts';
import type { EdgeServer } from '#tests/support/edgeServer.ts';

const seed = Number(process.env['STEWARD_SEED'] ?? Date.now() % 1_000_000);
const requests = 1500;

/** What no answer may hold: traces, places in the code, words of the store. */
const internals = /node_modules|\.ts:\d|\bat \S+ \(|sqlite|SELECT |undefined is not/i;

const text = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', ' ', '__proto__', 'constructor', 'x'.repeat(300), '\u0000', '\ud800', '../..', '%', '‮', '{{x}}'),
);
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 2 ** 60, 1e308, 'x'.repeat(70_000)),
  text,
  fc.double(),
  fc.array(fc.integer(), { maxLength: 5 }),
  fc.integer({ min: 10, max: 1500 }).map(nested),
  fc.object({ maxDepth: 3 }),
  fc.constant(JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}')),
);
/** An object of the right fields, each right or odd. */
function nearly(fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> {
  const either = Object.fromEntries(
    Object.entries(fields).map(([name, right]) => [name, fc.oneof({ weight: 4, arbitrary: right }, odd)]),
  );
  return fc.oneof({ weight: 8, arbitrary: fc.record(either, { requiredKeys: [] }) }, odd);
}
const event = nearly({
  module: fc.constantFrom('shop', 'user', 'lms'),
  code: fc.constantFrom('order.paid', 'created', 'nothing.known'),
  tenantId: fc.constantFrom('', ...Object.values(tenants)),
  data: fc.oneof(fc.constant({ amount: 1 }), fc.dictionary(text, odd, { maxKeys: 4 })),
  entityType: text,
  entityId: text,
  triggeredBy: text,
  occurredAt: fc.constantFrom('2026-03-01T08:00:00Z', '9999-12-31T23:59:59-23:59', '0000-01-01T00:00:00Z'),
  idempotencyKey: fc.oneof(fc.constantFrom('a', 'b'), text),
});
const bodies: Record<string, fc.Arbitrary<unknown>> = {
  '/v1/events': fc.oneof(event, nearly({ events: fc.array(event, { maxLength: 4 }) })),
  '/v1/api-keys': nearly({
    name: text,
    tenantId: fc.constantFrom('', tenants.acme, rules.hooked),
    expiresAt: fc.constantFrom('2027-01-01T00:00:00Z', '9999-12-31T23:59:59-23:59'),
  }),
  '/v1/secrets/{text}': nearly({ value: text }),
};
const url = fc.oneof(
  fc.constantFrom(
    ...Object.keys(bodies),
    '/v1/api-keys/{text}/revoke',
    '/v1/rules/{text}/webhook',
    `/v1/rules/${rules.hooked}/webhook`,
    '/v1/secrets',
    '/v1/engine',
    '/v1/webhook-log',
    '/v1/webhook-log?limit={text}&before={text}&ruleId={text}',
    '/v1/engine/dead/{text}/retry',
    '/v1/hooks/{text}/{text}',
    `/v1/hooks/${rules.hooked}/{text}`,
    '/v1/records/{text}',
  ),
);
const headers = fc.record(
  {
    'idempotency-key': headerText(),
    'content-type': fc.constantFrom('application/json', 'text/plain', 'application/xml', 'multipart/form-data', 'odd'),
    'webhook-id': headerText(),
    'webhook-timestamp': headerText(),
    'webhook-signature': headerText(),
  },
  { requiredKeys: [] },
);

describe(`requests nobody should send, seed ${seed}`, { timeout: 120_000 }, () => {
  let server: EdgeServer;
  let admin: string;
  let keys: readonly string[];
  let hook: { path: string; secret: string };
  beforeAll(async () => {
    server = await startEdgeServer({ staff: 1e6, events: 1e6, calls: 1e6 });
    admin = server.tokenOf('super_admin');
    keys = [(await server.keyFor(tenants.acme)).key, (await server.keyFor('')).key];
    const made = await server.ask('super_admin', 'POST', `/v1/rules/${rules.other}/webhook`);
    hook = { path: new URL(String(made.body['url'])).pathname, secret: String(made.body['secret']) };
  });
  afterAll(async () => server.close());

  let sent = 0;
  const check = (answer: Awaited<ReturnType<EdgeServer['inject']>>): void => {
    sent += 1;
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.body).not.toMatch(internals);
    if (answer.statusCode >= 400 && answer.headers['content-type']?.includes('json'))
      problemSchema.parse(answer.json<{ error: unknown }>().error);
    expect(server.errors).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  };

  it('to any route, by whomever', async () => {
    const who = fc.constantFrom('admin', 'key', 'platform', 'nobody', 'nonsense');
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE');
    await fc.assert(
      fc.asyncProperty(url, method, who, headers, text, odd, async (template, verb, sender, extra, word, given) => {
        const bearer = { admin, key: keys[0], platform: keys[1], nobody: undefined, nonsense: word }[sender];
        const authorization = bearer === undefined ? {} : { authorization: `Bearer ${latin(bearer)}` };
        check(
          await server.inject({
            method: verb,
            url: template.replaceAll('{text}', encodeURIComponent(word.toWellFormed())),
            headers: { 'content-type': 'application/json', ...extra, ...authorization },
            ...(verb === 'GET' ? {} : { payload: textOf(given) }),
          }),
        );
      }),
      { seed, numRuns: requests },
    );
    expect(sent).toBeGreaterThanOrEqual(requests);
  });

  it('that are nearly right', async () => {
    const nearlyRight = fc
      .constantFrom(...Object.keys(bodies))
      .chain((path) =>
        fc.tuple(fc.constant(path), bodies[path] ?? odd, fc.constantFrom(0, 1), fc.option(headerText())),
      );
    await fc.assert(
      fc.asyncProperty(nearlyRight, text, async ([path, body, which, requestKey], word) => {
        const bearer = path === '/v1/events' ? keys[which] : admin;
        check(
          await server.inject({
            method: path.startsWith('/v1/secrets') ? 'PUT' : 'POST',
            url: path.replace('{text}', encodeURIComponent(word.toWellFormed())),
            headers: {
              authorization: `Bearer ${bearer}`,
              'content-type': 'application/json',
              ...(requestKey === null ? {} : { 'idempotency-key': requestKey }),
            },
            payload: textOf(body),
          }),
        );
      }),
      { seed, numRuns: requests },
    );
    expect(sent).toBeGreaterThanOrEqual(requests);
  });

  it('that are signed, with any bytes inside', async () => {
    const bytes = fc.oneof(
      odd.map((one) => Buffer.from(textOf(one))),
      fc.uint8Array({ maxLength: 200 }).map((one) => Buffer.from(one)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, headerText(1), async (payload, id) => {
        const at = new Date(server.now());
        check(
          await server.inject({
            method: 'POST',
            url: hook.path,
            headers: {
              'content-type': 'application/json',
              'webhook-id': id,
              'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
              'webhook-signature': new Webhook(hook.secret).sign(id, at, payload),
            },
            payload,
          }),
        );
      }),
      { seed, numRuns: requests / 3 },
    );
    expect((await server.store.recordsOfKind('event')).length).toBeGreaterThan(50);
  });

  it.each(['[', '{"a":'])('nested too deep to walk, of %s', async (open) => {
    const close = open === '[' ? ']' : '}';
    const deep = `${open.repeat(200_000)}1${close.repeat(200_000)}`;
    const event = `{"module":"shop","code":"order.paid","data":{"amount":1,"deep":${deep}}}`;
    for (const payload of [deep, event, `{"events":[${event}]}`, `{"events":${deep}}`]) {
      const headers = { authorization: `Bearer ${keys[0]}`, 'content-type': 'application/json' };
      for (const extra of [{}, { 'idempotency-key': 'deep' }]) {
        const answer = await server.inject({
          method: 'POST',
          url: '/v1/events',
          headers: { ...headers, ...extra },
          payload,
        });
        check(answer);
        expect(answer.statusCode).toBe(400);
      }
    }
  });
});

/** A value that a header may carry. */
function headerText(minLength = 0): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({
      unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)),
      minLength,
      maxLength: 30,
    }),
    fc.constantFrom('a', 'x'.repeat(201)),
  );
}

function latin(word: string): string {
  return word.replaceAll(/[^\u0021-\u007e]/g, '.');
}

/** JSON where it can be, so that half surrogates and such arrive. */
function textOf(value: unknown): string {
  return JSON.stringify(value) ?? 'undefined';
}

function nested(depth: number): unknown {
  let value: unknown = 'core';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { inner: value };
  return value;
}
