import type { Problem } from '#shared/kernel/errors.ts';
import type { JsonObject } from '#shared/kernel/json.ts';
import { failure, success } from '#shared/kernel/result.ts';
import { issueSaying } from '#shared/kernel/sentences/issueSaying.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import type { Result } from '#shared/kernel/result.ts';
import { asJsonObject } from '#renderer/data/automation/asJsonObject.ts';
import { rule } from '#shared/resources/automation/rule.ts';

/**
 * What an edit has to hold to bring a saved content back. The switch stays as it is: to go back to an old wording is not to
 * set it off. Fails where the old content no longer fits the schema.
 */
export function restoredBody(snapshot: JsonObject): Result<JsonObject, Problem> {
  const read = rule.body.safeParse(snapshot);
  if (!read.success) {
    const issue = read.error.issues[0];
    const path = issue?.path.map(String).join('.') ?? '';
    const says = saying('old_content_not_usable', { path, why: issueSaying(issue) });
    return failure(problemOf('invalid', says, { path }));
  }
  const left = new Set([...rule.serverFields, 'isActive']);
  return success(Object.fromEntries(Object.entries(asJsonObject(read.data)).filter(([name]) => !left.has(name))));
}
