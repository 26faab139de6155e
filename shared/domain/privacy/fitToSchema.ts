import type * as z from 'zod';
import { isJsonObject, jsonEqual } from '../../kernel/json.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import type { Resource } from '../../records/defineResource.ts';
import type { RecordEnvelope } from '../../records/envelope.ts';

const mostRepairs = 8;

interface Before {
  body: JsonObject;
  mayStay: (value: Json) => boolean;
}

/**
 * The record with texts that a pseudonym made too long cut. What does not fit otherwise is as it was `before`, if that may stay,
 * or emptied or left out; undefined when it cannot be made valid.
 */
export function fitToSchema(
  record: RecordEnvelope,
  resource: Pick<Resource, 'body'>,
  before: Before,
): RecordEnvelope | undefined {
  let { body } = record;
  for (let round = 0; round < mostRepairs; round++) {
    const parsed = resource.body.safeParse(body);
    if (parsed.success) return { ...record, body };
    for (const issue of parsed.error.issues)
      body = repaired(body, issue, issue.path.map(String), before.body, before.mayStay) as JsonObject;
  }
  return undefined;
}

function repaired(
  value: Json,
  issue: z.core.$ZodIssue,
  path: readonly string[],
  before: Json | undefined,
  mayStay: Before['mayStay'],
): Json | undefined {
  const [name, ...rest] = path;
  if (name === undefined) {
    const isCut = typeof value === 'string' && issue.code === 'too_big';
    if (!isCut && before !== undefined && !jsonEqual(before, value) && mayStay(before)) return before;
    return fixed(value, issue);
  }
  if (Array.isArray(value))
    return value.map((item, index) =>
      String(index) === name
        ? (repaired(item, issue, rest, Array.isArray(before) ? before[index] : undefined, mayStay) ?? null)
        : item,
    );
  if (!isJsonObject(value) || !Object.hasOwn(value, name)) return value;
  const { [name]: held, ...others } = value;
  const next = repaired(held ?? null, issue, rest, isJsonObject(before) ? before[name] : undefined, mayStay);
  return next === undefined ? others : { ...value, [name]: next };
}

function fixed(value: Json, issue: z.core.$ZodIssue): Json | undefined {
  if (typeof value !== 'string') return undefined;
  if (issue.code === 'too_big') return value.slice(0, Number(issue.maximum)).toWellFormed();
  return value === '' ? undefined : '';
}
