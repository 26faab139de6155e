import { isJsonObject } from '../../kernel/json.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Finding } from './auditTypes.ts';
import { classOfEntry, isUnderFloor, securityFloor } from './dataClasses.ts';
import type { KeyRing } from './keyRing.ts';
import type { ThinningEvidence } from './statements.ts';
import type { ThinnedLink } from './thinnedEntry.ts';

/** A body of kind auditGap that stands for content and not for entries; G2. */
export function isThinning(given: unknown): boolean {
  return isJsonObject(given) && typeof given['mark'] === 'string' && given['mark'] !== '';
}

/** Last number for which no entry is there any more: what stands for content only does not count. 0 = none. */
export function lastRemoved(gaps: readonly unknown[]): number {
  return gaps.reduce<number>((most, gap) => {
    const last = isJsonObject(gap) && !isThinning(gap) ? gap['last'] : 0;
    return typeof last === 'number' && last > most ? last : most;
  }, 0);
}

export interface Thinnings {
  findings: readonly Finding[];
  /** The next thinned entry in the order of numbers. Everything from number `beginsAt` on was read. */
  add: (entry: { number: number; id: string; body: JsonObject }, link: ThinnedLink, beginsAt: number) => void;
  /** What does not hang on its marker as it ought to, for a reader who holds everything that the newest markers cover; V5. */
  finish: () => Finding[];
}

/** Further ones of one chain are not kept: the first say what happened. */
const mostFindings = 100;

/** The markers of a chain, and whether thinned entries are those that they cover; G2. */
export function openThinnings(tenantId: string, ring: KeyRing, given: readonly unknown[]): Thinnings {
  const findings: Finding[] = [];
  const marks = new Map<string, ThinningEvidence>();
  for (const one of given) {
    const checked = ring.thinning(tenantId, one);
    if (!checked.ok) findings.push(checked.finding);
    else if ((marks.get(checked.evidence.mark)?.last ?? 0) < checked.evidence.last)
      marks.set(checked.evidence.mark, checked.evidence);
  }
  const blame = (kind: Finding['kind'], number: number, id: string, expected: string, found: string): Finding => ({
    kind,
    tenantId,
    number,
    id,
    expected,
    found,
  });
  const threads = new Map<string, { number: number; seal: string }>();
  /** What may only seem wrong: rows, and markers, come to a console in pieces. */
  const late: Finding[] = [];
  const suspect = (finding: Finding) => void (late.length < mostFindings && late.push(finding));
  return {
    findings,
    add: ({ number, id, body }, { mark, thread, seal }, beginsAt) => {
      const marker = marks.get(mark);
      const before = threads.get(mark);
      threads.set(mark, { number, seal });
      if (!marker || number < marker.first || number > marker.last) {
        const found = marker ? `one from ${marker.first} to ${marker.last}` : 'none';
        suspect(blame('uncovered', number, id, 'a signed marker that covers it', found));
        return;
      }
      const name = classOfEntry(body);
      if (name !== marker.covers)
        suspect(blame('uncovered', number, id, `a marker about ${name}`, `one about ${marker.covers}`));
      else if (isUnderFloor(body, Date.parse(marker.removedAt)))
        suspect(blame('uncovered', number, id, `its content for ${securityFloor} days`, `gone at ${marker.removedAt}`));
      if (before) {
        if (before.seal !== thread) suspect(blame('altered', number, id, before.seal, thread));
      } else if (thread === '' ? number !== marker.first : beginsAt <= marker.first)
        suspect(blame('altered', number, id, `the thread of marker ${mark} from ${marker.first} on`, 'another'));
    },
    finish: () => {
      for (const [mark, { number, seal }] of threads) {
        const marker = marks.get(mark);
        if (marker && number <= marker.last && seal !== marker.digest)
          late.push(blame('uncovered', marker.last, '', marker.digest, seal));
      }
      return late;
    },
  };
}
