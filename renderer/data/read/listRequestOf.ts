import { searchWords } from '#shared/replica/foldText.ts';
import type { Condition, ListRequest } from '#shared/replica/listRequest.ts';
import type { RecordQuery } from '../replicaApi.ts';

/** What the engine is asked for a query of the screens. */
export function listRequestOf({
  kind,
  tenantId = '',
  filters = [],
  search = '',
  sort = [],
  reach,
}: RecordQuery): ListRequest {
  const tenant: Condition[] = tenantId === '' ? [] : [{ path: 'tenantId', operator: 'is', value: tenantId }];
  return {
    kind,
    conditions: [...tenant, ...filters.map(({ path, operator, value }) => condition(path, operator, value))],
    words: searchWords(search),
    order: sort.map(({ path, descending }) => ({ path, descending })),
    ...(reach ? { reach: [...reach] } : {}),
  };
}

function condition(path: string, operator: Condition['operator'], value: Condition['value']): Condition {
  return value === undefined ? { path, operator } : { path, operator, value };
}
