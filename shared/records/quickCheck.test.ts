import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { recordTemplates } from '#tests/support/recordTemplates.ts';
import { isJsonObject } from '../kernel/json.ts';
import type { Json } from '../kernel/json.ts';
import { resources } from '../resources/registry.ts';
import { envelopeSchema } from './envelope.ts';
import { quickCheckOf } from './quickCheck.ts';

const templates = recordTemplates(Date.UTC(2026, 0, 1));
const kinds = resources.map((resource) => resource.kind);
const bodies = new Map(resources.map((resource) => [resource.kind, resource.body.partial()]));

/** Values that are at or over the edge of what fields allow. */
const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    '',
    'x',
    ' ',
    '2026-01-01T00:00:00.000Z',
    '2026-02-30T00:00:00Z',
    '2026-01-01',
    'a@b.example',
    '#12345',
  ),
  fc.constantFrom<Json>(0, -1, 1.5, 1e300, Number.MAX_SAFE_INTEGER + 2, true, false, null),
  fc.constantFrom<Json>(
    [],
    [''],
    [null],
    {},
    { id: '' },
    'y'.repeat(500),
    Array.from({ length: 200 }, () => 'z'),
  ),
  fc.jsonValue() as fc.Arbitrary<Json>,
);

/** A copy with another value at a place that `steps` leads to, or without it. */
function changed(value: Json, steps: readonly number[], to: Json | undefined): Json | undefined {
  const [step, ...rest] = steps;
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (step === undefined || entries.length === 0) return to;
  const [name, inner] = entries[step % entries.length]!;
  const next = changed(inner, rest, to);
  if (Array.isArray(value)) return value.flatMap((one, index) => (String(index) === name ? (next ?? []) : [one]));
  const { [name]: _left, ...others } = value as { [key: string]: Json };
  return next === undefined ? others : { ...others, [name]: next };
}

describe('the quick check of a record', () => {
  it.each(kinds)('takes a %s as the server sends it', (kind) => {
    const template = templates.get(kind);
    expect(quickCheckOf(envelopeSchema)(template)).toBe(true);
    expect(quickCheckOf(bodies.get(kind)!)(template?.body)).toBe(true);
  });

  it('takes nothing that the schema refuses', () => {
    let refused = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 4 }),
        fc.option(odd, { nil: undefined }),
        (kind, steps, to) => {
          const template = templates.get(kind)!;
          const body = changed(template.body, steps, to);
          const schema = bodies.get(kind)!;
          const valid = schema.safeParse(body).success;
          if (!valid) refused += 1;
          expect(valid || !quickCheckOf(schema)(body)).toBe(true);
          const envelope = changed({ ...template }, steps, to);
          if (!quickCheckOf(envelopeSchema)(envelope)) return;
          const read = envelopeSchema.parse(envelope);
          // What it takes is what the schema makes of it, unknown names on top aside.
          for (const [name, value] of Object.entries(read))
            expect(isJsonObject(envelope) && envelope[name]).toEqual(value);
        },
      ),
      { numRuns: 4000 },
    );
    expect(refused).toBeGreaterThan(400);
  });

  it('leaves names that a schema drops to the schema', () => {
    const body = JSON.parse('{"a": {"__proto__": {"b": 1}}}') as Json;
    expect(quickCheckOf(z.record(z.string(), z.json()))(body)).toBe(false);
  });

  it.each<[string, z.ZodType, Json, Json]>([
    ['a refinement', z.string().refine((text) => text === 'yes'), 'yes', 'no'],
    ['a pattern that goes on from where it was', z.string().regex(/a/g), 'a', 'b'],
    ['a number in bounds', z.number().gt(1).lt(3), 2, 3],
    ['texts made other ones', z.string().trim().min(1), 'x', '  '],
    ['a strict object', z.strictObject({ a: z.string() }), { a: '' }, { a: '', b: '' }],
    ['keys of a kind', z.record(z.enum(['a', 'b']), z.string()), { a: '', b: '' }, { a: '', c: '' }],
    ['one of several objects', z.discriminatedUnion('t', [z.object({ t: z.literal('a') })]), { t: 'a' }, { t: 'b' }],
    ['a tuple', z.tuple([z.string(), z.int()]), ['', 1], ['', 1.5]],
    ['what may be missing', z.object({ a: z.string().nullable().default(null), b: z.int() }), { b: 1 }, { a: '' }],
  ])('decides as the schema does: %s', (_what, schema, good, bad) => {
    for (let time = 0; time < 3; time += 1) {
      expect(quickCheckOf(schema)(good)).toBe(true);
      expect(quickCheckOf(schema)(bad)).toBe(false);
    }
  });
});
