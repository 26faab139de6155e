import type { ChainOutcome } from '#renderer/data/audit/thread/chainRunner.ts';

/**
 * Verifies chains, and once more those of which something was found: entries, heads and markers come one after another, and a run
 * of retention changes them while they are read. What still stands then, stands. `once` reads what is signed anew each time.
 */
export async function lookTwice<Chain extends { tenantId: string }>(
  chains: readonly Chain[],
  once: (asked: readonly Chain[]) => Promise<ChainOutcome<'verify'>>,
  pause: () => Promise<unknown>,
): Promise<ChainOutcome<'verify'>> {
  const first = await once(chains);
  if (first.outcome !== 'done') return first;
  const { answer } = first;
  const doubtful = new Set(answer.reports.filter((one) => one.findings.length > 0).map((one) => one.tenantId));
  if (doubtful.size === 0) return first;
  await pause();
  const second = await once(chains.filter((chain) => doubtful.has(chain.tenantId)));
  if (second.outcome !== 'done') return second;
  const renewed = new Map(second.answer.reports.map((one) => [one.tenantId, one]));
  const reports = answer.reports.map((one) => renewed.get(one.tenantId) ?? one);
  return { outcome: 'done', answer: { keyFindings: second.answer.keyFindings, reports } };
}
