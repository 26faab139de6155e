import type { GroupCount } from '#renderer/data/replicaApi.ts';

/** Failed events with the same cause: the same failure, and errors that differ only in numbers, ids and quoted values. */
export interface FailedGroup {
  key: string;
  failure: string;
  /** The error with `…` for what differs. */
  pattern: string;
  /** The errors of the group as the replica compares them, the commonest first. */
  errors: string[];
  count: number;
}

/** What failed events are grouped by, in the order `failedGroups` reads it. */
export const failedBy = [{ path: 'body.failure' }, { path: 'body.error' }];

const anything = '…';

/** An error without what is particular to one event. */
export function errorPattern(error: string): string {
  return error
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/giu, anything)
    .replaceAll(/"[^"]*"|“[^”]*”|'[^']*'/gu, (quoted) => `${quoted[0]}${anything}${quoted.at(-1)}`)
    .replaceAll(/\b\d[\d.,:tz-]*\b/giu, anything)
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

/** Groups by cause, the largest first. */
export function failedGroups(groups: readonly GroupCount[]): FailedGroup[] {
  const found = new Map<string, FailedGroup & { sizes: Map<string, number> }>();
  for (const { values, count } of groups) {
    const [failure = '', error = ''] = values.map(String);
    const pattern = errorPattern(error);
    const key = `${failure}|${pattern}`;
    let group = found.get(key);
    if (!group) {
      group = { key, failure, pattern, errors: [], count: 0, sizes: new Map() };
      found.set(key, group);
    }
    group.count += count;
    group.sizes.set(error, (group.sizes.get(error) ?? 0) + count);
  }
  return [...found.values()]
    .map(({ sizes, ...group }) => ({
      ...group,
      errors: [...sizes].sort((left, right) => right[1] - left[1]).map(([error]) => error),
    }))
    .sort((left, right) => right.count - left.count || left.key.localeCompare(right.key));
}
