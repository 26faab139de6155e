import { useMemo } from 'react';
import { decideAccess } from '#shared/domain/access/decideAccess.ts';
import { numberIn } from '#shared/records/readBody.ts';
import { useWitness } from '#renderer/data/audit/useWitness.ts';
import type { ChainProof, SeenHead, WitnessRefusal } from '#renderer/data/audit/witnessState.ts';
import { usePrincipal } from '#renderer/data/hooks/usePrincipal.ts';
import { useRecordGroups } from '#renderer/data/hooks/useRecordGroups.ts';
import { useRecordList } from '#renderer/data/hooks/useRecordList.ts';

/** One chain of the log as this console knows it. */
export interface Chain {
  /** '' = the platform's. */
  tenantId: string;
  serverId: string;
  /** Entries held here. */
  entries: number;
  /** Number of the newest signed head; 0 = none. */
  signedUpTo: number;
  signedAt: string;
  witnessed: SeenHead | undefined;
  proof: ChainProof | undefined;
  refusals: readonly WitnessRefusal[];
  /** Entries of it may be kept from this person: then it has holes that prove nothing. */
  isPartial: boolean;
}

/** Every chain of which there is an entry, a head or a memory, the platform's first. */
export function useChains(): readonly Chain[] {
  const principal = usePrincipal();
  const witness = useWitness();
  const counts = useRecordGroups({ kind: 'auditEntry' }, [{ path: 'tenantId' }]);
  const { rows: heads } = useRecordList({ kind: 'auditHead' });
  return useMemo(() => {
    const ids = new Set([
      ...(counts ?? []).map(({ values }) => String(values[0] ?? '')),
      ...heads.map(({ record }) => record.tenantId),
      ...Object.keys(witness.heads),
    ]);
    return [...ids].sort().map((tenantId): Chain => {
      const ofChain = heads.filter(({ record }) => record.tenantId === tenantId).map(({ record }) => record.body);
      const newest = ofChain.toSorted((left, right) => numberIn(right, 'number') - numberIn(left, 'number'))[0];
      const stranger = { tenantId, createdBy: '-', assignedTo: '-' };
      return {
        tenantId,
        serverId: witness.server,
        entries: counts?.find(({ values }) => values[0] === tenantId)?.count ?? 0,
        signedUpTo: newest ? numberIn(newest, 'number') : 0,
        signedAt: typeof newest?.['signedAt'] === 'string' ? newest['signedAt'] : '',
        witnessed: witness.heads[tenantId]?.at(-1),
        proof: witness.proofs[tenantId],
        refusals: witness.refusals.filter((one) => one.tenantId === tenantId && one.settledAt === ''),
        isPartial: principal === undefined || !decideAccess(principal, 'audit.view', stranger).allowed,
      };
    });
  }, [counts, heads, witness, principal]);
}
