import * as z from 'zod';

const pathSchema = z
  .string()
  .max(120)
  .regex(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/, 'a dotted path');

export const conditionSchema = z.object({
  path: pathSchema,
  operator: z.enum(['is', 'is_not', 'contains', 'is_empty', 'is_not_empty', 'less', 'greater', 'between', 'in']),
  value: z.json().optional(),
});
export type Condition = z.infer<typeof conditionSchema>;

/** Records within reach: those of these tenants ('' = the platform), all or only what is this person's own. */
export const reachSchema = z.object({
  tenants: z.union([z.literal('*'), z.array(z.string().max(64)).max(10_000)]),
  own: z.object({ id: z.string().max(64), tenants: z.array(z.string().max(64)).max(10_000) }).nullable(),
});
export type Reach = z.infer<typeof reachSchema>;

/** Which records of a kind, in which order. All conditions hold; every word is in one of the searched columns or the id. */
export const listRequestSchema = z.object({
  kind: z.string().max(40),
  conditions: z.array(conditionSchema).max(100),
  words: z.array(z.string().min(1).max(500)).max(20),
  order: z.array(z.object({ path: pathSchema, descending: z.boolean() })).max(6),
  /** Only records that one of these reaches; absent = every record. */
  reach: z.array(reachSchema).max(100).optional(),
});
export type ListRequest = z.infer<typeof listRequestSchema>;

/** Sort values of a row as the engine holds them, its id last. */
export const rowKeySchema = z.array(z.union([z.string(), z.number()])).min(1);
export type RowKey = z.infer<typeof rowKeySchema>;

/** A row whose place in the list is known: pages near it are read from there instead of being counted from an end. */
export const anchorSchema = z.object({ index: z.int().min(0), key: rowKeySchema });
export type Anchor = z.infer<typeof anchorSchema>;
