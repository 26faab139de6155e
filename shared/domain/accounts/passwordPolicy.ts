import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** Why a password is refused. Consoles have a text for each. */
export const passwordProblems = ['too_short', 'too_long', 'common', 'personal', 'weak'] as const;
export type PasswordProblem = (typeof passwordProblems)[number];

export interface PasswordCheck {
  /** undefined = it may be used. */
  problem: PasswordProblem | undefined;
  /** 0 (guessed at once) to 4 (very hard to guess). */
  score: 0 | 1 | 2 | 3 | 4;
}

/** Characters (code points after NFKC). */
export const passwordLengths = { least: 12, most: 1024 } as const;
const leastScore = 3;
/** What is left of a password without the person's own words must still have so many letters and digits. */
const leastOfOthers = 6;
/** Estimating takes time that grows faster than the text; what follows only makes it harder to guess. */
const estimatedLength = 72;
/** Bounds the time for texts of nothing but signs that stand for letters: at most about 20 ms, a fifth of the usual. */
const l33tMaxSubstitutions = 20;
const productWords = ['steward', 'admin', 'administrator', 'password', 'console'];

let estimator: ZxcvbnFactory | undefined;
let commonPasswords: ReadonlySet<string> | undefined;

/**
 * Whether a password may be used by a person, decided alike while it is typed and where it is set, without a network. Length is
 * what counts: no classes of characters are asked for (NIST SP 800-63B, 3.1.1.2), but no password that is in common lists,
 * made of the person's or the product's own words, or guessed within 10^8 attempts.
 */
export function checkPassword(password: string, person: { email: string; name: string }): PasswordCheck {
  const normal = password.normalize('NFKC');
  const length = Array.from(normal).length;
  if (length > passwordLengths.most) return { problem: 'too_long', score: 4 };
  const words = ownWords(person);
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, l33tMaxSubstitutions });
  const { score } = estimator.check(normal.slice(0, estimatedLength), words);
  return { problem: problemOf(normal, length, words, score), score };
}

function problemOf(
  normal: string,
  length: number,
  words: readonly string[],
  score: number,
): PasswordProblem | undefined {
  if (length < passwordLengths.least) return 'too_short';
  if (isCommon(normal)) return 'common';
  let rest = normal.toLowerCase();
  for (const word of words) rest = rest.replaceAll(word, ' ');
  if (rest.length < normal.length && lettersAndDigits(rest).length < leastOfOthers) return 'personal';
  return score < leastScore ? 'weak' : undefined;
}

/** Also when it is a common one written twice, or with digits and signs around it. */
function isCommon(normal: string): boolean {
  commonPasswords ??= new Set(dictionary['passwords-common'].map(String));
  const lower = normal.toLowerCase();
  const half = lower.slice(0, lower.length / 2);
  const core = lower.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const common = (text: string) => commonPasswords?.has(text) === true;
  return common(lower) || (half + half === lower && common(half)) || (core.length >= 6 && common(core));
}

/** Longest first, so that a part of a word never hides the whole. */
function ownWords({ email, name }: { email: string; name: string }): string[] {
  const parts = [email, ...email.split('@'), ...`${email} ${name}`.split(/[^\p{L}\p{N}]+/u), name, ...productWords];
  const words = new Set(parts.map((part) => part.normalize('NFKC').toLowerCase().trim()));
  return [...words].filter((word) => word.length >= 3).sort((left, right) => right.length - left.length);
}

function lettersAndDigits(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '');
}
