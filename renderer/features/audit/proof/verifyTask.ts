import type { ChainEvidence } from '#renderer/data/audit/chainEvidence.ts';
import type { VerifyTask } from '#renderer/data/audit/thread/chainTasks.ts';
import type { Replica } from '#renderer/data/replicaApi.ts';
import type { Chain } from './useChains.ts';

/** Entries are on their way. */
export function isArriving(replica: Pick<Replica, 'status' | 'isCaughtUp'>): boolean {
  return replica.status().connection === 'online' && !replica.isCaughtUp('auditEntry');
}

/**
 * What a thread is to verify. That a chain reaches its newest head is claimed only when every entry that the server had is here: heads come
 * before entries.
 */
export function taskOf(
  replica: Pick<Replica, 'heldSince' | 'isCaughtUp'>,
  chains: readonly Chain[],
  { keys, heads, gaps }: ChainEvidence,
  trusted: string,
): VerifyTask {
  const since = replica.heldSince('auditEntry') ?? '';
  const isCaughtUp = replica.isCaughtUp('auditEntry');
  const first = chains[0];
  return {
    task: 'verify',
    serverId: first?.serverId ?? '',
    keys,
    trusted,
    since,
    chains: chains.map((chain) => ({
      tenantId: chain.tenantId,
      gaps: gaps.get(chain.tenantId) ?? [],
      heads: heads.get(chain.tenantId) ?? [],
      witnessed: chain.witnessed,
      fromStart: since === '',
      toEnd: isCaughtUp,
    })),
  };
}
