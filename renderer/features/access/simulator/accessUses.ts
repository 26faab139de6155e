import type { AccessUse } from '#shared/domain/access/accessTypes.ts';
import type { Problem } from '#shared/kernel/errors.ts';
import { problemOf, saying } from '#shared/kernel/sentences/sentence.ts';
import { failure, success } from '#shared/kernel/result.ts';
import type { Result } from '#shared/kernel/result.ts';
import { accessUsesAnswerSchema } from '#shared/protocol/accessUses.ts';
import type { Replica } from '#renderer/data/replicaApi.ts';

/** Recorded accesses as they were fetched. */
export interface FetchedUses {
  uses: readonly AccessUse[];
  /** ISO 8601. */
  fetchedAt: string;
}

const perPage = 20_000;
/** Recorded accesses held at most: the newest; about 120 bytes each. */
export const mostUses = 400_000;

const unreadable: Problem = problemOf('invalid_message', saying('answer_not_readable'));

/** Every recorded access the server keeps, the newest first, page by page. `onPage` hears how many are here. */
export async function fetchUses(
  replica: Pick<Replica, 'call'>,
  onPage: (count: number) => void,
  signal: AbortSignal,
): Promise<Result<AccessUse[], Problem> | 'stopped'> {
  const uses: AccessUse[] = [];
  let before: string | null = '';
  while (before !== null && uses.length < mostUses) {
    const rest = before === '' ? '' : `&before=${encodeURIComponent(before)}`;
    const outcome = await replica.call('GET', `/v1/access-uses?limit=${perPage}${rest}`);
    if (signal.aborted) return 'stopped';
    if (!outcome.ok) return outcome;
    const page = accessUsesAnswerSchema.safeParse(outcome.value);
    if (!page.success) return failure(unreadable);
    for (const use of page.data.uses) uses.push(use);
    onPage(uses.length);
    before = page.data.before;
  }
  return success(uses);
}

/** First and last UTC day there is something of; undefined where there is nothing. */
export function daysOf(uses: readonly AccessUse[]): { first: string; last: string } | undefined {
  let [first, last] = [uses[0]?.day, uses[0]?.day];
  for (const { day } of uses) {
    if (first === undefined || day < first) first = day;
    if (last === undefined || day > last) last = day;
  }
  return first === undefined || last === undefined ? undefined : { first, last };
}
