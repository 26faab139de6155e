import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { expect, it } from 'vitest';
import { errorCodes } from '#shared/kernel/errors.ts';
import * as accessUses from '#shared/protocol/accessUses.ts';
import * as accounts from '#shared/protocol/accounts.ts';
import * as apiKeys from '#shared/protocol/apiKeys.ts';
import * as audit from '#shared/protocol/audit.ts';
import * as engine from '#shared/protocol/engine.ts';
import * as events from '#shared/protocol/events.ts';
import * as inboundWebhooks from '#shared/protocol/inboundWebhooks.ts';
import * as messages from '#shared/protocol/messages.ts';
import * as privacy from '#shared/protocol/privacy.ts';
import * as secrets from '#shared/protocol/secrets.ts';
import * as session from '#shared/protocol/session.ts';
import { defaultLimits, protocolVersion, schemaVersion } from '#shared/protocol/version.ts';
import { replicatedCollections } from '#shared/records/collections.ts';
import { envelopeSchema } from '#shared/records/envelope.ts';
import { defaultRates } from '#server/http/rateLimits.ts';
import { startDemoServer } from '#tests/support/demoServer.ts';

const { mostEventsAtOnce } = events;

const page = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');
const mentions = (word: string) => new RegExp(`(?<![\\w.])${word}(?!\\w)`).test(page);

/** Names of all fields of a schema, nested ones included. */
function fieldsOf(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, inner]) => [name, ...fieldsOf(inner)]);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => fieldsOf(option));
  if (schema instanceof z.ZodArray) return fieldsOf(schema.element);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return fieldsOf(schema.unwrap());
  return [];
}

const exported: [string, unknown][] = [
  accessUses,
  accounts,
  apiKeys,
  audit,
  engine,
  events,
  inboundWebhooks,
  messages,
  privacy,
  secrets,
  session,
].flatMap((file) => Object.entries<unknown>(file));
const schemas = exported.filter((one): one is [string, z.core.$ZodType] => one[1] instanceof z.core.$ZodType);

it('the schemas are seen at all', () => {
  expect(schemas.length).toBeGreaterThan(25);
  expect(fieldsOf(engine.engineHealthSchema)).toEqual(expect.arrayContaining(['byType', 'perMinute', 'failureRate']));
  expect(fieldsOf(events.eventsAnswerSchema)).toEqual(expect.arrayContaining(['accepted', 'index', 'status']));
  expect(fieldsOf(messages.helloSchema)).toEqual(expect.arrayContaining(['serverId', 'fieldRules', 'maxPush']));
  expect(mentions('serverIdentity')).toBe(false);
});

it.each(schemas)('every field of %s is described', (_name, schema) => {
  expect(fieldsOf(schema).filter((name) => !mentions(name))).toEqual([]);
});

it.each(['pull', 'push', 'digest', 'hello', 'changes', 'resync', 'scope', 'bye'])(
  'the message %s is described',
  (name) => {
    expect(mentions(name)).toBe(true);
  },
);

it('every route that the server serves is described, and no other', async () => {
  const server = await startDemoServer();
  const served = server.routes.map(({ method, url }) => `${method} ${url}`);
  await server.stop();
  const described = [...page.matchAll(/`(GET|POST|PUT|DELETE) (\/[^?`]*)/g)].map(
    ([, method, url]) => `${method} ${url}`,
  );
  const notYet = page.slice(page.indexOf('Not served yet'), page.indexOf('## Events'));
  expect(served.length).toBeGreaterThan(15);
  expect(served.filter((route) => !described.includes(route))).toEqual([]);
  expect(described.filter((route) => !served.includes(route) && !notYet.includes(`\`${route}\``))).toEqual([]);
});

it('limits and lengths are those of the code', () => {
  const numbers = [mostEventsAtOnce, defaultRates.events, defaultRates.calls, defaultRates.staff];
  expect(numbers.filter((number) => !page.includes(number.toLocaleString('en')))).toEqual([]);
});

it('error codes, collections, record fields and versions are those of the code', () => {
  const words = [...errorCodes, ...replicatedCollections, ...Object.keys(envelopeSchema.shape)];
  expect(words.filter((word) => !mentions(word))).toEqual([]);
  expect(page).toContain(`# Sync protocol, version ${protocolVersion}`);
  expect(page).toContain(`\`schemaVersion\` is ${schemaVersion}`);
  for (const [name, value] of Object.entries(defaultLimits))
    expect(page).toContain(`\`${name}\` ${value.toLocaleString('en')}`);
});
