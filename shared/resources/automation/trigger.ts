import * as z from 'zod';

const recordKind = z.string().min(1).max(40);

/** What makes a rule look: an event, a change of a record, a date, a schedule, a call from outside, or a person. */
export const triggerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event'), pattern: z.string().min(1).max(200) }),
  z.object({ type: z.literal('record'), kind: recordKind, on: z.enum(['create', 'update', 'delete']) }),
  z.object({
    type: z.literal('field_change'),
    kind: recordKind,
    /** Path in the record: `status`, `assignedTo`, `body.plan`. */
    field: z.string().min(1).max(200),
    from: z.json().optional(),
    to: z.json().optional(),
  }),
  z.object({
    type: z.literal('date'),
    kind: recordKind,
    /** Path in the record of an instant or a day. */
    field: z.string().min(1).max(200),
    /** Negative = before the date. */
    offsetMinutes: z.int().min(-5_256_000).max(5_256_000),
  }),
  z.object({ type: z.literal('schedule'), cron: z.string().min(9).max(100), timeZone: z.string().min(1).max(60) }),
  z.object({ type: z.literal('webhook') }),
  z.object({ type: z.literal('manual') }),
]);
export type Trigger = z.infer<typeof triggerSchema>;
