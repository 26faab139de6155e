import type { Finding, WitnessedHead } from './auditTypes.ts';
import type { KeyRing } from './keyRing.ts';
import type { GapEvidence, HeadEvidence } from './statements.ts';

/** Somebody says that a number of the chain has this hash. */
interface ClaimedHash {
  number: number;
  hash: string;
  /** A signed head that is right, not what a reader remembers. */
  isHead: boolean;
}

export interface StartOfChain {
  /** Where the entries at hand go on: behind the gaps, or before number 1. `hashes`: what the next entry may link to. */
  last: { number: number; hashes: string[] };
  /** Numbers that gaps stand for. */
  removed: number;
  claims: readonly ClaimedHash[];
  findings: readonly Finding[];
}

/** Gaps, heads and what was witnessed, checked before any entry is read; V4, G1, H1, W1. */
export function startOfChain({
  tenantId,
  ring,
  gaps,
  heads,
  witnessed,
}: {
  tenantId: string;
  ring: KeyRing;
  gaps: readonly unknown[];
  heads: readonly unknown[];
  witnessed?: WitnessedHead | undefined;
}): StartOfChain {
  const findings: Finding[] = [];
  const blame = (kind: Finding['kind'], number: number, id: string, expected: string, found: string) =>
    void findings.push({ kind, tenantId, number, id, expected, found });

  const signedGaps: GapEvidence[] = [];
  for (const given of gaps) {
    const checked = ring.gap(tenantId, given);
    if (checked.ok) signedGaps.push(checked.evidence);
    else findings.push(checked.finding);
  }
  signedGaps.sort((left, right) => left.first - right.first);
  const last = { number: 0, hashes: [''] };
  for (const gap of signedGaps) {
    const due = last.number + 1;
    if (gap.first > due) blame('missing', due, '', `a gap from ${due} on`, `a gap from ${gap.first} on`);
    else if (gap.first < due || gap.last < gap.first)
      blame('inserted', gap.first, '', `a gap from ${due} on`, `a gap from ${gap.first} to ${gap.last}`);
    else if (!last.hashes.includes(gap.prevHash))
      blame('broken_link', gap.first, '', last.hashes[0] ?? '', gap.prevHash);
    if (gap.last > last.number) {
      last.number = gap.last;
      last.hashes = [gap.lastHash];
    }
  }

  const signedHeads: HeadEvidence[] = [];
  for (const given of heads) {
    const checked = ring.head(tenantId, given);
    if (checked.ok) signedHeads.push(checked.evidence);
    else findings.push(checked.finding);
  }
  signedHeads.sort(
    (left, right) => left.number - right.number || Date.parse(left.signedAt) - Date.parse(right.signedAt),
  );
  for (const [index, head] of signedHeads.entries()) {
    const before = signedHeads[index - 1];
    if (!before) continue;
    if (before.number === head.number && before.hash !== head.hash)
      blame('forked', head.number, '', before.hash, head.hash);
    else if (before.number < head.number && Date.parse(before.signedAt) > Date.parse(head.signedAt))
      blame('truncated', head.number, '', `a head as late as ${before.signedAt}`, head.signedAt);
  }
  const claims: ClaimedHash[] = signedHeads.map(({ number, hash }) => ({ number, hash, isHead: true }));
  if (witnessed) claims.push({ number: witnessed.number, hash: witnessed.hash, isHead: false });
  for (const claim of claims)
    if (claim.number === last.number && !last.hashes.includes(claim.hash) && last.number > 0)
      blame('forked', claim.number, '', claim.hash, last.hashes[0] ?? '');
  return { last, removed: last.number, claims, findings };
}
