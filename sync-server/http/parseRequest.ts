import type * as z from 'zod';
import type { Problem } from '#shared/kernel/errors.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import { deepestNesting, isNestedTooDeep } from '../sync/nesting.ts';

/** What came with a request in the shape its route expects, or what is wrong with it. Safe for any depth. */
export function parseRequest<Value>(schema: z.ZodType<Value>, given: unknown): Result<Value, Problem> {
  if (isNestedTooDeep(given)) return failure(tooDeep);
  const parsed = schema.safeParse(given);
  if (parsed.success) return success(parsed.data);
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  return failure({
    code: 'invalid_message',
    path,
    message: `The request is not valid at '${path}': ${issue?.message ?? ''}.`,
  });
}

const tooDeep: Problem = {
  code: 'invalid_message',
  message: `The request has more than ${deepestNesting} levels of lists and objects. Make it flatter.`,
};
