import * as z from 'zod';

/** How a field is shown and edited; attached to its schema as metadata and read by forms, lists, filters and export. */
export type FieldHint =
  | { widget: 'text' | 'multiline' | 'email' | 'url' | 'color' | 'code' }
  | { widget: 'number'; unit?: 'percent' | 'milliseconds' | 'seconds' | 'bytes' | 'days' }
  | { widget: 'money'; currencyField: string }
  | { widget: 'boolean' }
  | { widget: 'choice'; options: readonly string[] }
  | { widget: 'instant' | 'date' }
  | { widget: 'reference'; kind: string }
  | { widget: 'tags' }
  | { widget: 'json' };

const hints = z.registry<FieldHint>();

function hinted<Schema extends z.ZodType>(schema: Schema, hint: FieldHint): Schema {
  hints.add(schema, hint);
  return schema;
}

/** The hint of a field's schema, looking through optional, nullable and default wrappers; JSON where none was given. */
export function hintOf(schema: z.core.$ZodType): FieldHint {
  const own = hints.get(schema as z.ZodType);
  if (own) return own;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return hintOf(schema.unwrap());
  }
  if (schema instanceof z.ZodString) return { widget: 'text' };
  if (schema instanceof z.ZodNumber) return { widget: 'number' };
  if (schema instanceof z.ZodBoolean) return { widget: 'boolean' };
  return { widget: 'json' };
}

/** Field constructors: a schema and the hint that goes with it. Lengths are in UTF-16 code units. */
export const field = {
  text: (options: { min?: number; max?: number } = {}) =>
    hinted(
      z
        .string()
        .min(options.min ?? 0)
        .max(options.max ?? 200),
      { widget: 'text' },
    ),
  multiline: (options: { min?: number; max?: number } = {}) =>
    hinted(
      z
        .string()
        .min(options.min ?? 0)
        .max(options.max ?? 10_000),
      { widget: 'multiline' },
    ),
  code: (pattern?: RegExp) =>
    hinted(pattern ? z.string().regex(pattern).max(200) : z.string().max(200), { widget: 'code' }),
  email: () => hinted(z.email().max(320), { widget: 'email' }),
  url: () => hinted(z.union([z.literal(''), z.url().max(2000)]), { widget: 'url' }),
  color: () => hinted(z.union([z.literal(''), z.string().regex(/^#[0-9a-fA-F]{6}$/)]), { widget: 'color' }),
  integer: (
    options: {
      min?: number;
      max?: number;
      unit?: 'percent' | 'milliseconds' | 'seconds' | 'bytes' | 'days';
    } = {},
  ) =>
    hinted(
      z
        .int()
        .min(options.min ?? Number.MIN_SAFE_INTEGER)
        .max(options.max ?? Number.MAX_SAFE_INTEGER),
      {
        widget: 'number',
        ...(options.unit ? { unit: options.unit } : {}),
      },
    ),
  number: (options: { min?: number; max?: number; unit?: 'percent' | 'milliseconds' } = {}) =>
    hinted(
      z
        .number()
        .min(options.min ?? -Number.MAX_VALUE)
        .max(options.max ?? Number.MAX_VALUE),
      {
        widget: 'number',
        ...(options.unit ? { unit: options.unit } : {}),
      },
    ),
  /** Money in minor units of the currency held by the sibling field `currencyField`. */
  money: (currencyField: string) => hinted(z.int(), { widget: 'money', currencyField }),
  flag: () => hinted(z.boolean(), { widget: 'boolean' }),
  choice: <const Options extends readonly [string, ...string[]]>(options: Options) =>
    hinted(z.enum(options), { widget: 'choice', options }),
  /** ISO 8601 UTC, or '' for none. */
  instant: () => hinted(z.union([z.literal(''), z.iso.datetime()]), { widget: 'instant' }),
  /** The id of a record of `kind`, or ''. */
  reference: (kind: string) => hinted(z.string().max(64), { widget: 'reference', kind }),
  tags: () => hinted(z.array(z.string().min(1).max(60)).max(100), { widget: 'tags' }),
  /** Free JSON, optionally with a stricter schema. */
  json: <Schema extends z.ZodType>(schema: Schema) => hinted(schema, { widget: 'json' }),
  jsonObject: () => hinted(z.record(z.string(), z.json()), { widget: 'json' }),
};
