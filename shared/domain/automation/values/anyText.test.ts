import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import { elapsed, elapsedAwaiting } from '#tests/support/elapsed.ts';
import { checkDataSchema } from '../events/checkDataSchema.ts';
import { checkEventData } from '../events/checkEventData.ts';
import { schemaFields } from '../events/schemaFields.ts';
import { evaluateExpression } from './evaluateExpression.ts';
import { occurrences, parseSchedule } from './occurrences.ts';
import { renderTemplate, templateVariables } from './renderTemplate.ts';

const seed = 20_260_311;
const view: JsonObject = {
  event: { data: { list: [3, 1, 2], text: 'a b', nested: [{ a: [1] }, { a: 'x' }], amount: 5, none: null } },
  record: { name: 'Acme' },
  now: '2026-03-10T12:00:00Z',
};
const pieces = (...lists: string[][]): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...lists.flat()) }, { weight: 1, arbitrary: fc.string() }),
      {
        maxLength: 14,
      },
    )
    .map((chosen) => chosen.join(''));

describe('whatever is written, an answer comes and the scope stays as it was (SPEC V1, V3)', () => {
  const before = structuredClone(view);

  it('templates', () => {
    const filters = [
      'sort',
      'json',
      'split: ""',
      'join',
      'map: "a"',
      'date: "%Y"',
      'plus: 1',
      'replace: "a", "b"',
      'first',
    ];
    const more = [
      'group_by: "a"',
      'where: "a", 1',
      'slice: 1, 2',
      'truncate: 3',
      'round: 2',
      'money: "EUR"',
      'default: 1',
    ];
    const source = pieces(
      [
        '{{ event.data.list',
        '{{ event.data.text',
        '{{ event.data.nested',
        '{{ "now"',
        '{{ record',
        ' }}',
        ' }}',
        ' }}',
      ],
      [...filters, ...more].map((filter) => ` | ${filter}`),
      ['{% for i in event.data.list %}', '{% endfor %}', '{% if record.name %}', '{% endif %}', '{% assign x = 1 %}'],
      [
        '{% capture y %}',
        '{% endcapture %}',
        '{{ x }}',
        '{{ y }}',
        '{% case x %}',
        '{% when 1 %}',
        '{% endcase %}',
        '{%-',
        '%}',
      ],
    );
    fc.assert(
      fc.property(source, fc.constantFrom('none' as const, 'html' as const), (text, escape) => {
        const run = elapsed(() => [renderTemplate(text, view, { escape }), templateVariables(text)]);
        expect(run.value.every((one) => typeof one.ok === 'boolean')).toBe(true);
        expect(run.milliseconds).toBeLessThan(250);
      }),
      { seed, numRuns: 1500 },
    );
    expect(view).toEqual(before);
  });

  it('expressions', async () => {
    const functions = [
      '$sum',
      '$map',
      '$sort',
      '$string',
      '$reduce',
      '$each',
      '$merge',
      '$keys',
      '$distinct',
      '$join',
      '$split',
    ];
    const more = [
      '$pad',
      '$match',
      '$replace',
      '$append',
      '$zip',
      '$formatNumber',
      '$toMillis',
      '$now',
      '$type',
      '$spread',
    ];
    const source = pieces(
      ['event.data.list', 'event.data.text', 'event.data.nested', '$', '$$', 'record', '**', '*', '1', '"a"', '/a/'],
      [...functions, ...more].map((name) => `${name}(`),
      [
        ')',
        ')',
        ')',
        ', ',
        '[',
        ']',
        '{',
        '}',
        ':',
        '.',
        '^(',
        '~>',
        '&',
        '+',
        '-',
        '=',
        ' in ',
        ' and ',
        '?',
        ':=',
        ';',
      ],
      ['function($a){', '$a', '[1..50]', '@$a', '#$i', '%', '|', '..', ' '],
    );
    await fc.assert(
      fc.asyncProperty(source, async (text) => {
        const run = await elapsedAwaiting(() => evaluateExpression(text, view));
        expect(typeof run.value.ok).toBe('boolean');
        expect(JSON.parse(JSON.stringify(run.value))).toEqual(run.value);
        expect(run.milliseconds).toBeLessThan(250);
      }),
      { seed, numRuns: 2500 },
    );
    expect(view).toEqual(before);
  });

  it('schedules', () => {
    const part = fc.constantFrom(
      '*',
      '*/5',
      '1',
      '1,2',
      '0-5',
      'L',
      'W',
      '15W',
      'MON',
      'FRI#2',
      'FRIL',
      '?',
      '31',
      '2',
      '60',
      '-1',
      'x',
    );
    const zone = fc.constantFrom('UTC', 'Europe/Paris', 'America/New_York', 'nowhere', '');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), zone, (parts, timeZone) => {
        const schedule = parseSchedule(parts.join(' '), timeZone);
        const found = schedule.ok ? occurrences(schedule.value, Date.UTC(2026, 2, 10), 3) : [1, 2, 3];
        expect(found).toHaveLength(3);
        expect(found).toEqual([...found].sort((one, other) => one - other));
      }),
      { seed, numRuns: 300 },
    );
  });

  it('schemas and data', () => {
    const keyword = fc.constantFrom(
      'type',
      'properties',
      'items',
      'required',
      'enum',
      'pattern',
      'allOf',
      'not',
      '$ref',
      'format',
      'if',
      'minimum',
      'additionalProperties',
      'patternProperties',
      'uniqueItems',
      'dependencies',
    );
    const { schema } = fc.letrec<{ schema: Json }>((tie) => ({
      schema: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<Json>(
          true,
          false,
          'string',
          'object',
          '#',
          '#/properties/a',
          '^a+$',
          '(',
          3,
          ['a'],
          {},
          { type: 'array' },
        ),
        fc.dictionary(
          keyword,
          fc.oneof(
            tie('schema'),
            fc.array(tie('schema'), { maxLength: 2 }),
            fc.dictionary(fc.constantFrom('a', 'b'), tie('schema'), { noNullPrototype: true }),
          ),
          { maxKeys: 4, noNullPrototype: true },
        ),
      ),
    }));
    fc.assert(
      fc.property(schema, fc.jsonValue(), (made, data) => {
        const asObject: JsonObject = { properties: { a: made, b: made }, anyOf: [made, true] };
        const checked = checkDataSchema(asObject);
        expect(typeof checkEventData(asObject, { a: data as Json, b: 1 }).ok).toBe('boolean');
        expect(Array.isArray(schemaFields(asObject))).toBe(true);
        const answer = checkEventData(asObject, { a: data as Json });
        expect(checked.ok && !answer.ok && answer.error.message.includes('cannot be checked')).toBe(false);
      }),
      { seed, numRuns: 3000 },
    );
  });
});
