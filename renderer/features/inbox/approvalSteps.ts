import * as z from 'zod';
import type { JsonObject } from '#shared/kernel/json.ts';
import { isJsonObject } from '#shared/kernel/json.ts';

const subjectSchema = z.object({
  steps: z
    .array(
      z.object({
        key: z.string().default(''),
        name: z.string(),
        request: z.record(z.string(), z.json()).nullable().default(null),
        fault: z.object({ message: z.string() }).nullable().default(null),
      }),
    )
    .default([]),
  more: z.boolean().default(false),
});

/** One step that follows a yes, as it would be done. */
export interface ApprovalStep {
  key: string;
  name: string;
  /** Type of what is done; '' where it could not be prepared. */
  type: string;
  /** The parts that matter to whoever decides: names as they are kept, and their values. */
  parts: { name: string; value: string }[];
  /** Why it could not be prepared; '' when it could. */
  fault: string;
}

/** Values at length are read in the run, not here. */
const longest = 400;
/** Said by the type already, or for machines. */
const leftOut = new Set(['type', 'headers', 'secret', 'format']);

/** What follows when an approval is given, from its subject; `more` = there are further steps than it tells. */
export function approvalSteps(subject: JsonObject): { steps: ApprovalStep[]; more: boolean } {
  const read = subjectSchema.safeParse(subject);
  if (!read.success) return { steps: [], more: false };
  return {
    more: read.data.more,
    steps: read.data.steps.map(({ key, name, request, fault }, index) => ({
      key: key || String(index),
      name,
      type: typeof request?.['type'] === 'string' ? request['type'] : '',
      parts: request ? partsOf(request) : [],
      fault: fault?.message ?? '',
    })),
  };
}

function partsOf(request: JsonObject): ApprovalStep['parts'] {
  return Object.entries(request).flatMap(([name, value]) => {
    if (leftOut.has(name) || value === '' || value === null) return [];
    if (Array.isArray(value) && value.length === 0) return [];
    return [{ name, value: wordsOf(value) }];
  });
}

function wordsOf(value: JsonObject[string]): string {
  if (typeof value === 'string') return value.length > longest ? `${value.slice(0, longest)}…` : value;
  if (Array.isArray(value)) return value.map(wordsOf).join(', ');
  if (isJsonObject(value) && typeof value['path'] === 'string' && 'value' in value)
    return `${value['path'].replace(/^body\./, '')} = ${wordsOf(value['value'] ?? '')}`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
