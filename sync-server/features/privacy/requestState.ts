import * as z from 'zod';
import { privacyRequestTypes } from '#shared/resources/access/privacyRequest.ts';
import type { PrivacyBatch } from './ports.ts';
import { cursorSchema } from './visitEverything.ts';

/** Area of what a request that is under way, or failed when something was changed already, knows; gone when it is done or refused. */
export const stateArea = 'privacyRequests';
/** Area of proofs of completion, by request. */
export const proofArea = 'privacyProofs';

const count = z.object({ count: z.int(), done: z.int() });
const sums = z.record(z.string(), z.record(z.string(), z.number()));

/** Where a request is. It finds, changes, checks that nothing is left, and cleans the disk; each walk goes through everything. */
const stateSchema = z.object({
  /** What was approved, whatever the record says since. */
  type: z.enum(privacyRequestTypes),
  /** Something was changed, now or before it failed: what it knew is kept until it is done or refused. */
  touchedAnything: z.boolean(),
  stage: z.enum(['find', 'change', 'check', 'scrub']),
  cursor: cursorSchema,
  /** Walks that were to change something so far. */
  walks: z.int(),
  spec: z.object({ emails: z.array(z.string()), names: z.array(z.string()), records: z.array(z.string()) }),
  counts: z.record(z.string(), count),
  /** What the present check still found. */
  left: z.array(z.string()),
  before: sums,
  after: sums,
});
export type RequestState = z.infer<typeof stateSchema>;

export async function readState(batch: PrivacyBatch, requestId: string): Promise<RequestState | undefined> {
  const stored = (await batch.getEntries(stateArea, [requestId])).get(requestId);
  const parsed = stateSchema.safeParse(stored);
  return parsed.success ? parsed.data : undefined;
}

export function putState(batch: PrivacyBatch, requestId: string, state: RequestState): void {
  batch.putEntry(stateArea, requestId, state);
}

/** As it is shown in the request's record, kinds in order. */
export function touchedOf(counts: RequestState['counts']): { kind: string; count: number; done: number }[] {
  return Object.entries(counts)
    .map(([kind, { count: found, done }]) => ({ kind, count: found, done }))
    .sort((left, right) => (left.kind < right.kind ? -1 : 1));
}

export function countUp(counts: RequestState['counts'], kind: string, name: 'count' | 'done'): void {
  const known = counts[kind] ?? { count: 0, done: 0 };
  counts[kind] = { ...known, [name]: known[name] + 1 };
}
