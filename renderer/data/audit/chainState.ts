import type { ChainReport } from '#shared/domain/audit/auditTypes.ts';
import type { ChainProof } from './witnessState.ts';

export type PlaceInProof = 'unverified' | 'verified' | 'behind_fault' | 'not_reached';

/** What the last verification of its chain says about an entry. */
export function placeInProof(proof: ChainProof | undefined, number: number): PlaceInProof {
  if (!proof) return 'unverified';
  const fault = proof.findings[0];
  if (fault && number >= fault.number) return 'behind_fault';
  if (number < proof.beginsAt || number > proof.endsAt) return 'not_reached';
  return 'verified';
}

/** A report as it is kept: the first findings are enough to say what happened. */
export function proofOf(report: ChainReport, at: string): ChainProof {
  const { tenantId, entries, removed, withheld, beginsAt, endsAt, signedUpTo, findings } = report;
  return {
    tenantId,
    at,
    entries,
    removed,
    withheld,
    beginsAt,
    endsAt,
    signedUpTo,
    findings: findings.slice(0, 20).map(({ ...finding }) => finding),
  };
}
