import type { Finding, WitnessedHead } from './auditTypes.ts';
import type { KeyRing } from './keyRing.ts';

export type HeadOutcome =
  /** What is to be remembered from now on. */
  | { accepted: true; witnessed: WitnessedHead }
  /** What was remembered stays. */
  | { accepted: false; witnessed: WitnessedHead | undefined; finding: Finding };

/**
 * What a reader who remembers `witnessed` makes of the body of a later auditHead; W1. Whether the chain itself still leads through the
 * head that was witnessed, the verifier says.
 */
export function acceptHead(
  witnessed: WitnessedHead | undefined,
  given: unknown,
  { tenantId, ring }: { tenantId: string; ring: KeyRing },
): HeadOutcome {
  const checked = ring.head(tenantId, given);
  if (!checked.ok) return { accepted: false, witnessed, finding: checked.finding };
  const { number, hash, signedAt, keyId } = checked.evidence;
  const refuse = (kind: Finding['kind'], expected: string, found: string): HeadOutcome => ({
    accepted: false,
    witnessed,
    finding: { kind, tenantId, number, id: keyId, expected, found },
  });
  if (witnessed && !ring.keys.some((key) => key.keyId === witnessed.keyId))
    return refuse('unknown_key', `a line of keys through ${witnessed.keyId}`, 'another line of keys');
  if (witnessed && number < witnessed.number)
    return refuse('truncated', `at least number ${witnessed.number}`, `${number}`);
  if (witnessed && number === witnessed.number && hash !== witnessed.hash)
    return refuse('forked', witnessed.hash, hash);
  return { accepted: true, witnessed: { tenantId, number, hash, signedAt, keyId } };
}
