import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import { elapsed } from '#tests/support/elapsed.ts';
import { checkDataSchema } from './checkDataSchema.ts';
import { checkEventData } from './checkEventData.ts';

const invoice: JsonObject = {
  type: 'object',
  required: ['amount', 'currency'],
  additionalProperties: false,
  properties: {
    amount: { type: 'integer', minimum: 0 },
    currency: { type: 'string', enum: ['EUR', 'USD'] },
    customer: { $ref: '#/definitions/customer' },
    dueAt: { type: 'string', format: 'date-time' },
    number: { type: 'string', pattern: '^INV-\\d+$' },
    lines: { type: 'array', maxItems: 3, uniqueItems: true, items: { type: 'object', required: ['title'] } },
  },
  definitions: {
    customer: {
      type: 'object',
      properties: { email: { type: 'string', format: 'email' }, parent: { $ref: '#/definitions/customer' } },
    },
  },
};
const fault = (schema: JsonObject, data: Json): string | undefined => {
  const checked = checkEventData(schema, data);
  return checked.ok ? undefined : `${checked.error.path}: ${checked.error.message}`;
};

describe('the data of an event against the schema of its type', () => {
  it('fits', () => {
    expect(checkDataSchema(invoice)).toEqual({ ok: true, value: undefined });
    const data = {
      amount: 5,
      currency: 'EUR',
      customer: { email: 'a@b.co', parent: { email: 'c@d.co' } },
      dueAt: '2026-03-10T00:00:00Z',
      number: 'INV-7',
      lines: [{ title: 'a' }, { title: 'b' }],
    };
    expect(checkEventData(invoice, data)).toEqual({ ok: true, value: undefined });
  });

  it.each<[JsonObject, string]>([
    [{ currency: 'EUR' }, 'data.amount: data.amount is missing; send it with the event'],
    [{ amount: 'five', currency: 'EUR' }, 'data.amount: data.amount is "five"; expected integer'],
    [{ amount: -1, currency: 'EUR' }, 'data.amount: data.amount must be greater than or equal to 0'],
    [{ amount: 1, currency: 'GBP' }, 'data.currency: data.currency is "GBP"; expected one of "EUR", "USD"'],
    [
      { amount: 1, currency: 'EUR', x: 1 },
      'data.x: data.x is not known to the event type; remove it, or add it to the schema',
    ],
    [{ amount: 1, currency: 'EUR', customer: { email: 'a' } }, 'data.customer.email: data.customer.email is no email'],
    [
      { amount: 1, currency: 'EUR', customer: { parent: { parent: { email: 1 } } } },
      'data.customer.parent.parent.email: data.customer.parent.parent.email is 1; expected string',
    ],
    [{ amount: 1, currency: 'EUR', dueAt: 'soon' }, 'data.dueAt: data.dueAt is no date-time'],
    [{ amount: 1, currency: 'EUR', number: '7' }, 'data.number: data.number does not match the pattern ^INV-\\d+$'],
    [
      { amount: 1, currency: 'EUR', lines: [{ title: 'a' }, {}] },
      'data.lines.1.title: data.lines.1.title is missing; send it with the event',
    ],
    [
      { amount: 1, currency: 'EUR', lines: [{ title: 'a' }, { title: 'a' }] },
      'data.lines: data.lines holds the same item twice',
    ],
  ])('%j: %s', (data, expected) => {
    expect(fault(invoice, data)).toBe(expected);
  });

  it('a schema of every type takes anything', () => {
    const every: JsonObject = { type: ['object', 'array', 'string', 'number', 'boolean', 'null'] };
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        expect(fault(every, data as Json)).toBeUndefined();
        expect(fault({}, data as Json)).toBeUndefined();
      }),
      { seed: 7 },
    );
  });

  it('names by pattern are checked too', () => {
    const schema: JsonObject = {
      patternProperties: { '^n_': { type: 'number' } },
      properties: { name: {} },
      additionalProperties: false,
    };
    expect(fault(schema, { n_a: 1, name: 'x' })).toBeUndefined();
    expect(fault(schema, { n_a: 'one' })).toBe('data.n_a: data.n_a is "one"; expected number');
    expect(fault(schema, { other: 1 })).toContain('data.other is not known');
    expect(
      fault(
        { patternProperties: { '^n_': { type: 'number' } }, additionalProperties: { type: 'string' } },
        { other: 1 },
      ),
    ).toBe('data.other: data.other is 1; expected string');
  });

  it.each<[string, string[], string[]]>([
    ['date-time', ['2026-03-10T12:00:00Z', '2026-03-10T12:00:00.5+02:00'], ['2026-03-10', '2026-02-30T00:00:00Z', 'x']],
    ['date', ['2026-02-28'], ['2026-02-30', '2026-03-10T12:00:00Z']],
    ['time', ['12:30:00Z', '12:30'], ['25:00']],
    ['email', ['a.b+c@d-e.org'], ['a@b', 'a b@c.de', '@c.de', `${'a'.repeat(70)}@b.de`]],
    ['uri', ['https://a.example/x?y', 'urn:a:b'], ['a.example', '//x']],
    ['uuid', ['01890a5d-ac96-774b-bcce-b302099a8057'], ['01890a5d']],
    ['ipv4', ['10.0.0.255'], ['10.0.0.256', '10.0.0', '01.0.0.0']],
    [
      'ipv6',
      ['::1', '2001:db8::ff00:42:8329', '1:2:3:4:5:6:7:8', '::ffff:10.0.0.1'],
      ['1:2', '1::2::3', 'g::', '1:2:3:4:5:6:7:8:9'],
    ],
    ['hostname', ['a.example'], ['-a.example', 'a..b', '']],
    ['regex', ['^a+$'], ['(', '(?=a)']],
    ['colour of my own', ['anything'], []],
  ])('the format %s', (format, good, bad) => {
    const schema = { type: 'string', format };
    for (const text of good) expect([text, fault(schema, text)]).toEqual([text, undefined]);
    for (const text of bad) expect([text, fault(schema, text)]).toEqual([text, `data: data is no ${format}`]);
  });
});

describe('schemas that cannot be', () => {
  it.each<[Json, string, string]>([
    [[], 'dataSchema', 'a list; expected a JSON Schema'],
    [{ type: 'money' }, 'dataSchema.type', '"money"; expected string, number'],
    [{ propertys: {} }, 'dataSchema.propertys', 'no keyword that events are checked by'],
    [{ properties: { a: { type: 'string', pattern: '(?=a)' } } }, 'dataSchema.properties.a.pattern', 'cannot be run'],
    [{ properties: { a: 5 } }, 'dataSchema.properties.a', 'a number; expected a schema'],
    [{ patternProperties: { '(': {} } }, 'dataSchema.patternProperties', "the pattern '('"],
    [{ $ref: 'https://example.org/schema' }, 'dataSchema.$ref', 'only references inside the schema'],
    [{ items: { $ref: '#/definitions/no' } }, 'dataSchema.items.$ref', 'no schema at that place'],
    [{ $ref: '#' }, 'dataSchema.$ref', 'leads back to itself'],
    [
      { definitions: { a: { allOf: [{ $ref: '#/definitions/b' }] }, b: { not: { $ref: '#/definitions/a' } } } },
      'dataSchema.definitions.a.allOf.0.$ref',
      'leads back',
    ],
    [{ minLength: -1 }, 'dataSchema.minLength', 'whole number from 0'],
    [{ multipleOf: 0 }, 'dataSchema.multipleOf', 'above 0'],
    [{ required: 'amount' }, 'dataSchema.required', 'a list of names'],
    [{ enum: [] }, 'dataSchema.enum', 'a list of values'],
    [{ anyOf: {} }, 'dataSchema.anyOf', 'the shape JSON Schema gives it'],
    [{ properties: { a: { $id: 'x' } } }, 'dataSchema.properties.a.$id', 'at the top'],
    [JSON.parse('{"properties": {"__proto__": {}}}') as Json, 'dataSchema.properties', '__proto__'],
    [
      Array.from({ length: 30 }).reduce<Json>((inner) => ({ items: inner }), {}),
      `dataSchema${'.items'.repeat(21)}`,
      'more than 20 deep',
    ],
    [
      { properties: Object.fromEntries(Array.from({ length: 2100 }, (_, index) => [`f${index}`, {}])) },
      'dataSchema.properties.f1999',
      'more than 2000 schemas',
    ],
  ])('%j', (schema, path, message) => {
    const checked = checkDataSchema(schema);
    expect(checked).toMatchObject({ ok: false, error: { path } });
    expect(checked.ok ? '' : checked.error.message).toContain(message);
  });

  it('and what can: recursion that goes into the data, titles, own words', () => {
    const tree = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      $id: 'https://example.org/tree',
      title: 'tree',
      'x-owner': 'crm',
      type: 'object',
      properties: {
        children: { type: 'array', items: { $ref: '#' } },
        name: { type: ['string', 'null'], default: null },
      },
      if: { required: ['name'] },
      then: {},
      else: false,
    };
    expect(checkDataSchema(tree)).toMatchObject({ ok: true });
    expect(fault(tree, { name: 'a', children: [{ name: 'b', children: [] }] })).toBeUndefined();
    expect(fault(tree, { name: 'a', children: [{ name: 'b', children: [5] }] })).toBe(
      'data.children.0.children.0: data.children.0.children.0 is 5; expected object',
    );
  });
});

describe('no schema and no data can hang the server (SPEC V5)', () => {
  const long = `${'a'.repeat(90_000)}!`;
  const doubling = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [
      `d${index}`,
      { allOf: [{ $ref: `#/definitions/d${index + 1}` }, { $ref: `#/definitions/d${index + 1}` }] },
    ]),
  );
  const deep = (levels: number): Json => Array.from({ length: levels }).reduce<Json>((inner) => [inner], 1);
  it.each<[string, JsonObject, Json]>([
    ['a pattern that backtracks', { type: 'string', pattern: '^(a+)+$' }, long],
    ['one in the name of a field', { patternProperties: { '^(a+)+$': { type: 'number' } } }, { [long]: 1 }],
    ['one that thrashes', { type: 'string', pattern: '[ab]*a[ab]{400}$' }, 'ab'.repeat(40_000)],
    [
      'many that thrash',
      { items: { pattern: '[ab]*a[ab]{400}$' } },
      Array.from({ length: 500 }, () => 'ab'.repeat(3000)),
    ],
    [
      'formats of long texts',
      { items: { anyOf: [{ format: 'email' }, { format: 'ipv6' }, { format: 'hostname' }, { format: 'uri' }] } },
      [`a@${'a.'.repeat(40_000)}`, ':'.repeat(90_000)],
    ],
    [
      'definitions that double sixty times',
      { $ref: '#/definitions/d0', definitions: { ...doubling, d60: { type: 'string' } } },
      'text',
    ],
    ['unique items, many', { uniqueItems: true }, Array.from({ length: 20_000 }, (_, index) => ({ index }))],
    ['data nested without end', { items: { $ref: '#' } }, deep(50_000)],
    ['a choice from many', { enum: Array.from({ length: 1500 }, (_, index) => ({ index })) }, { index: -1 }],
  ])('%s', (_name, schema, data) => {
    const run = elapsed(() => [checkDataSchema(schema), checkEventData(schema, data)]);
    expect(run.milliseconds).toBeLessThan(250);
  });

  it('small data are checked by the ten thousands a second', () => {
    const data = { amount: 5, currency: 'EUR', customer: { email: 'a@b.co' }, number: 'INV-7' };
    for (let round = 0; round < 2000; round++) checkEventData(invoice, data);
    const run = elapsed(() => {
      for (let round = 0; round < 5000; round++) checkEventData(invoice, data);
    });
    expect(run.milliseconds).toBeLessThan(500);
  });
});
