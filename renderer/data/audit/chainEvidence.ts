import type { Json } from '#shared/kernel/json.ts';
import type { ListFilter, Replica } from '../replicaApi.ts';

/** What is signed about chains, as bodies of the kinds' records. */
export interface ChainEvidence {
  /** Of the server, the same for every chain. */
  keys: Json[];
  /** By chain. */
  heads: ReadonlyMap<string, Json[]>;
  gaps: ReadonlyMap<string, Json[]>;
}

/**
 * Everything signed about these chains ('' = the platform's) that is held here now, however much it is. Keys are read last: whatever
 * is signed was signed with one that was here before it.
 */
export async function readChainEvidence(
  replica: Pick<Replica, 'readRows'>,
  tenantIds: readonly string[],
): Promise<ChainEvidence> {
  const [only] = tenantIds;
  const filters: ListFilter[] =
    only === undefined || tenantIds.length > 1
      ? []
      : [only === '' ? { path: 'tenantId', operator: 'is_empty' } : { path: 'tenantId', operator: 'is', value: only }];
  const byChain = async (kind: string) => {
    const found = new Map<string, Json[]>(tenantIds.map((tenantId) => [tenantId, []]));
    await replica.readRows({ kind, filters }, (rows) => {
      for (const { record } of rows) found.get(record.tenantId)?.push(record.body);
    });
    return found;
  };
  const heads = await byChain('auditHead');
  const gaps = await byChain('auditGap');
  const keys: Json[] = [];
  await replica.readRows({ kind: 'auditKey' }, (rows) => void keys.push(...rows.map(({ record }) => record.body)));
  return { keys, heads, gaps };
}
