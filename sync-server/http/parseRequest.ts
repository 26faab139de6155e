import type * as z from 'zod';
import type { Problem } from '#shared/kernel/errors.ts';
import { issueSaying } from '#shared/kernel/sentences/issueSaying.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import { deepestNesting, isNestedTooDeep } from '../sync/nesting.ts';

/** What came with a request in the shape its route expects, or what is wrong with it. Safe for any depth and text. */
export function parseRequest<Value>(schema: z.ZodType<Value>, given: unknown): Result<Value, Problem> {
  if (isNestedTooDeep(given)) return failure(tooDeep);
  if (holdsHalfPair(given)) return failure(notUnicode);
  const parsed = schema.safeParse(given);
  if (parsed.success) return success(parsed.data);
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  return failure({
    ...problemOf('invalid_message', saying('request_not_valid', { path, why: issueSaying(issue) })),
    path,
  });
}

/** Half of a surrogate pair, in a value or a key, cannot be hashed for the audit log. For values that are not too deep. */
function holdsHalfPair(value: unknown): boolean {
  if (typeof value === 'string') return !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, held]) => !key.isWellFormed() || holdsHalfPair(held));
}

const tooDeep: Problem = problemOf('invalid_message', saying('request_too_deep', { limit: deepestNesting }));
const notUnicode: Problem = problemOf('invalid_message', saying('request_not_unicode'));
