import type { GroupCount } from '#renderer/data/replicaApi.ts';

/** How many records the groups hold; undefined while they are not counted yet. */
export function totalCount(groups: readonly GroupCount[] | undefined): number | undefined {
  return groups?.reduce((sum, group) => sum + group.count, 0);
}

/** How many records have this value at the first of the grouped paths. */
export function countOf(groups: readonly GroupCount[] | undefined, value: string): number {
  return (groups ?? []).reduce((sum, group) => sum + (group.values[0] === value ? group.count : 0), 0);
}
