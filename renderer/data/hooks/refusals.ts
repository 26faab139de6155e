import type { AccessTarget } from '#shared/domain/access/decideAccess.ts';
import type { Principal } from '#shared/domain/access/principal.ts';

/** A question that was answered with no. */
export interface Refusal {
  principal: Principal;
  permission: string;
  /** Absent = asked for anywhere at all. */
  target: AccessTarget | undefined;
}

/** Sentences that are remembered; far more than a screen shows. */
const mostSentences = 500;

/**
 * Which question a sentence answered, so that a control that only knows the sentence can explain it. The sentence names
 * permission and reason; of questions that share both the last one counts, and they differ in the record alone.
 */
export interface Refusals {
  remember: (sentence: string, refusal: Refusal) => void;
  of: (sentence: string) => Refusal | undefined;
}

export function createRefusals(): Refusals {
  const known = new Map<string, Refusal>();
  return {
    remember: (sentence, refusal) => {
      known.delete(sentence);
      known.set(sentence, refusal);
      const [oldest] = known.keys();
      if (known.size > mostSentences && oldest !== undefined) known.delete(oldest);
    },
    of: (sentence) => known.get(sentence),
  };
}

/** Those of this window. */
export const refusals = createRefusals();
