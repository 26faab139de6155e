import type { ChainHead, StoreReader } from '../../storage/store.ts';

const together = 1000;

/** The ends of all chains of the audit log, those of tenants that are gone too. */
export async function everyHead(
  reader: Pick<StoreReader, 'allChainHeads'>,
): Promise<(ChainHead & { tenantId: string })[]> {
  const heads: (ChainHead & { tenantId: string })[] = [];
  for (;;) {
    const page = await reader.allChainHeads(heads.at(-1)?.tenantId, together);
    heads.push(...page);
    if (page.length < together) return heads;
  }
}
