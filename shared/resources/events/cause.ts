import * as z from 'zod';

/** One link of what led to an event: a rule fired for `eventId`, and its run wrote the next. */
export const causeSchema = z.object({ ruleId: z.string(), runId: z.string(), eventId: z.string() });
export type Cause = z.infer<typeof causeSchema>;
