import * as z from 'zod';
import { problemSchema } from './messages.ts';

/** Segments of letters, digits, `_` and `-`, with dots between them: patterns match names of nothing else. */
const segments = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/;

export const mostEventsAtOnce = 1000;

/** One event of `POST /v1/events`; unset fields are filled in by the server. */
export const eventInputSchema = z.object({
  module: z
    .string()
    .max(60)
    .regex(/^[A-Za-z0-9_-]+$/, 'expected letters, digits, _ and -'),
  code: z.string().max(100).regex(segments, 'expected words of letters, digits, _ and - with dots between them'),
  /** '' = the platform's. A tenant's key may leave it out. */
  tenantId: z.string().max(64).optional(),
  entityType: z.string().max(60).default(''),
  entityId: z.string().max(64).default(''),
  data: z.record(z.string(), z.json()).default({}),
  /** Absent = the key. */
  triggeredBy: z.string().max(80).optional(),
  /** With its distance to UTC; absent = now. */
  occurredAt: z.iso.datetime({ offset: true }).optional(),
  /** The same key of the same tenant within seven days is the same event. */
  idempotencyKey: z.string().min(1).max(200).optional(),
});
export type EventInput = z.infer<typeof eventInputSchema>;

/** Several events; each is checked on its own, so that a wrong one does not refuse the others. */
export const eventBatchSchema = z.object({ events: z.array(z.unknown()).min(1).max(mostEventsAtOnce) });

/** Answer of `POST /v1/events`, in the order of the request. */
export const eventsAnswerSchema = z.object({
  /** Stored or known already. */
  accepted: z.int().min(0),
  events: z.array(
    z.union([
      z.object({ id: z.string(), status: z.enum(['stored', 'duplicate']) }),
      z.object({ index: z.int().min(0), error: problemSchema }),
    ]),
  ),
});
export type EventsAnswer = z.infer<typeof eventsAnswerSchema>;

export const idempotencyKeySchema = z.string().min(1).max(200);
